using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Optimizers;

/// <summary>The float32 values of a parameter in half precision, as an entry of an optimizer's saved state.</summary>
internal sealed class Master : OptimizerState, IDisposable
{
    public Master(Parameter parameter)
        : base(parameter)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();

        // The states of TorchSharp's optimizers have the layout of their parameter, and only contiguous ones can be saved.
        Value = new Parameter(parameter.detach().to(ScalarType.Float32).contiguous(), parameter.requires_grad);
        Value.DetachFromDisposeScope();
    }

    public Parameter Value { get; }

    public static bool IsNeeded(Tensor parameter) => parameter.dtype is ScalarType.Float16 or ScalarType.BFloat16;

    /// <summary>Copies the gradient, if there is one. A value of the parameter that is not the rounded master's was written by something else.</summary>
    public void Collect()
    {
        if (_parameter.grad is not { } gradient)
        {
            Value.grad = null;
            return;
        }

        Value.copy_(where(_parameter.eq(Value.to(_parameter.dtype)), Value, _parameter.to(ScalarType.Float32)));
        Value.grad = gradient.to(ScalarType.Float32).contiguous();
    }

    /// <summary>Rounds the master to the parameter, if it has a gradient and so may have changed.</summary>
    public void WriteBack()
    {
        if (Value.grad is not null)
            _parameter.copy_(Value);
    }

    /// <summary>Removes the gradient.</summary>
    public void Forget() => Value.grad = null;

    public void Dispose() => Value.Dispose();

    public override void Initialize(OptimizerOptions options)
    {
        // The master is there when the optimizer is created.
    }

    public override void SaveStateDict(BinaryWriter writer) => TorchSharp.TensorExtensionMethods.Save(Value.detach(), writer);

    public override void LoadStateDict(BinaryReader reader)
    {
        using var noGrad = no_grad();
        using var loaded = TorchSharp.TensorExtensionMethods.Load(reader);
        Set(loaded);
    }

    public override void LoadStateDict(OptimizerState source) => Set(((Master)source).Value);

    private void Set(Tensor value)
    {
        if (!value.shape.SequenceEqual(Value.shape))
        {
            throw new InvalidDataException(
                $"The saved master of a parameter has the shape [{string.Join(", ", value.shape)}], and the parameter [{string.Join(", ", Value.shape)}]. "
                + "Create the optimizer for the same model as the saved one.");
        }

        using var noGrad = no_grad();
        Value.copy_(value);
    }
}
