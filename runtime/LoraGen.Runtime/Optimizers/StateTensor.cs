using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Optimizers;

/// <summary>A tensor of an optimizer's state. It is created when it is needed, and belongs to no dispose scope.</summary>
internal sealed class StateTensor : IDisposable
{
    public Tensor? Value { get; private set; }

    public long Bytes => Value is { } value ? value.NumberOfElements * value.ElementSize : 0;

    /// <summary>Replaces and disposes the earlier tensor.</summary>
    public Tensor Set(Tensor value)
    {
        Value?.Dispose();
        return Value = value.DetachFromDisposeScope();
    }

    public void Dispose()
    {
        Value?.Dispose();
        Value = null;
    }

    public void CopyFrom(StateTensor other, Device device)
    {
        if (other.Value is { } value)
            Set(value.to(value.dtype, device, copy: true));
        else
            Dispose();
    }

    public void MoveTo(Device device)
    {
        if (Value is { } value && value.device != device)
            Set(value.to(value.dtype, device, copy: true));
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Value is not null);
        Value?.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> has written, without replacing the present value; null if there was no tensor.</summary>
    /// <exception cref="ArgumentException">The tensor has another shape or type.</exception>
    public static Tensor? Read(BinaryReader reader, long[] shape, ScalarType type, Device device)
    {
        if (!reader.ReadBoolean())
            return null;

        var loaded = empty(shape, dtype: type, device: device);
        loaded.Load(reader);
        return loaded;
    }
}
