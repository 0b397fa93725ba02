using LoraGen.Sites;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Layers;

/// <summary>A layer that computes y = x·Wᵀ (+ b).</summary>
internal sealed class LinearLayer(
    nn.Module<Tensor, Tensor> module, long inFeatures, long outFeatures, Func<Tensor?> weight, Func<Tensor?> bias) : BaseLayer(module)
{
    public override LayerFacts Facts { get; } = new(LayerKind.Linear, module.GetName(), inFeatures, outFeatures, []);

    public override Tensor? Weight => weight();

    public override Tensor? Bias => bias();

    /// <summary>A weight kept as a buffer, or quantised; not one that is, or is computed from, a parameter of the layer or of a module in it.</summary>
    internal override long UnregisteredElements
    {
        get => Weight is Parameter || QuantizedLayer.Of(Module) is not null || IsComputedFromParameters()
            || Module.named_children().Any(child => HasParameters(child.module))
            ? 0
            : Facts.Inputs * Facts.Outputs;
    }

    internal override bool OutputIsNew => Module is Linear;

    internal override ScalarType? WeightType => QuantizedLayer.Of(Module)?.Weight.Type ?? base.WeightType;

    public override Tensor Apply(Tensor input, Tensor weight) => nn.functional.linear(input, weight);

    public override Tensor AlongOutput(Tensor vector) => vector.view(-1);

    public override Tensor AlongInput(Tensor vector) => vector.view(-1);

    public override Tensor AlongWeightOutput(Tensor vector) => vector.view(-1, 1);

    public override Tensor AlongWeightInput(Tensor vector) => vector.view(1, -1);

    public override Tensor Rows(Tensor weight) => weight;

    // One column per token, [rank, tokens]: the fastest layout of a skinny product, forward and backward.
    internal override Tensor Down(Tensor input, Tensor a)
    {
        // -1 is ambiguous if there are no inputs.
        using var rows = Facts.Inputs == 0
            ? input.reshape(input.shape.SkipLast(1).Aggregate(1L, static (all, size) => all * size), 0)
            : input.reshape(-1, Facts.Inputs);
        using var columns = rows.t();
        return a.matmul(columns);
    }

    internal override Tensor AddUp(Tensor output, Tensor hidden, Tensor b)
    {
        using var rows = hidden.t();
        return OutputIsNew ? LowRankAdd.Add(output, rows, b) : LowRankAdd.AddNew(output, rows, b);
    }

    internal override Tensor Extended(Tensor hidden, Scalar value)
    {
        using var row = full(1L, hidden.shape[1], value, dtype: hidden.dtype, device: hidden.device);
        return cat([hidden, row], 0);
    }

    internal override Tensor Product(string path, Tensor a, Tensor b) => b.matmul(a);

    internal override void EnsureConsistent(string path)
    {
        var (inputs, outputs) = (Facts.Inputs, Facts.Outputs);
        if (Weight is not { } weight || weight.shape.SequenceEqual([outputs, inputs]))
            return;

        throw new InvalidOperationException(
            $"{path}: the weight of the {Kind} has the shape [{string.Join(", ", weight.shape)}], but a layer with {inputs} inputs and {outputs} outputs has a "
            + $"weight of the shape [{outputs}, {inputs}]: y = x·Wᵀ. Return the weight in this shape (weight.t() is a view), or correct the sizes.");
    }

    // Two values, in case the weight has one of them.
    internal override void EnsureMergeable(string path)
    {
        if (Module is Linear || Weight is not { } weight || !weight.is_floating_point())
            return;

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var original = weight.clone();
        bool isStored;
        try
        {
            isStored = Keeps(0) && Keeps(1);
        }
        finally
        {
            weight.copy_(original);
        }

        if (!isStored)
        {
            throw new InvalidOperationException(
                $"{path}: the {Kind} computes its weight each time that it is read, so there is nothing to merge into. Leave the adapter attached, or return a "
                + "parameter or buffer itself, or a view of it.");
        }

        bool Keeps(float value)
        {
            var written = full(1L, 1L, value, dtype: weight.dtype, device: weight.device);
            weight.copy_(written);
            return Weight!.eq(written).all().item<bool>();
        }
    }

    internal override bool IsWeight(BaseParameter parameter)
    {
        return QuantizedLayer.Of(Module) is null
            ? base.IsWeight(parameter)
            : ReferenceEquals(parameter.Module, Module) && parameter.Name == QuantizedLayer.WeightName;
    }

    // A view such as weight.t() is no Parameter, and TorchSharp doesn't tell what it is a view of; but it requires a gradient if its parameter does.
    private bool IsComputedFromParameters()
    {
        var parameters = Module.parameters().Where(parameter => is_floating_point(parameter) && !parameter.requires_grad).ToArray();
        using var grad = enable_grad();
        foreach (var parameter in parameters)
            parameter.requires_grad = true;
        try
        {
            return Weight is { requires_grad: true };
        }
        finally
        {
            foreach (var parameter in parameters)
                parameter.requires_grad = false;
        }
    }

    private static bool HasParameters(nn.Module module) => module.parameters().Any();
}
