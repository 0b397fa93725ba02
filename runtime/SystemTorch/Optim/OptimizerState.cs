#nullable disable
namespace TorchSharp.Modules;

/// <summary>What an optimizer keeps about one parameter from step to step.</summary>
public abstract class OptimizerState
{
    protected Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    public abstract void Initialize(OptimizerOptions options);

    public abstract void SaveStateDict(BinaryWriter writer);

    public abstract void LoadStateDict(BinaryReader reader);

    public abstract void LoadStateDict(OptimizerState source);

    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    public virtual void to(torch.Device device)
    {
    }

    protected static void SaveConditionalStateTensor(BinaryWriter writer, torch.Tensor tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref torch.Tensor result, torch.Device device)
    {
        var there = reader.ReadBoolean();
        if (!there)
        {
            result?.Dispose();
            result = null;
            return;
        }

        var loaded = result;
        TensorExtensionMethods.Load(ref loaded, reader);
        result = loaded.to(device, disposeAfter: true).DetachFromDisposeScope();
    }

    /// <summary>Puts a state tensor on a device and takes it out of the dispose scope, which it must outlive.</summary>
    private protected static void Move(ref torch.Tensor tensor, torch.Device device)
        => tensor = tensor?.to(device, disposeAfter: true).DetachFromDisposeScope();

    /// <summary>Puts a copy of another state's tensor, on this parameter's device, in the place of this one's.</summary>
    private protected void Take(ref torch.Tensor tensor, torch.Tensor source)
    {
        var old = tensor;
        tensor = source?.to(_parameter.device, copy: true).DetachFromDisposeScope();
        old?.Dispose();
    }

    private protected torch.Tensor Zeros() => torch.zeros_like(_parameter).DetachFromDisposeScope();

    private protected static bool Alike(torch.Tensor one, torch.Tensor other)
        => one is null || (other is not null && one.allclose(other));
}
