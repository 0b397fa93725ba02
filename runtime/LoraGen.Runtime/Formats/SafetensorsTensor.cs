using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The description of a tensor in a safetensors file.</summary>
public sealed class SafetensorsTensor
{
    internal SafetensorsTensor(string name, ScalarType dtype, long[] shape, long begin, long end)
    {
        Name = name;
        Dtype = dtype;
        Shape = shape;
        (Begin, End) = (begin, end);
    }

    /// <summary>Its name, such as <c>model.layers.0.self_attn.q_proj.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public ScalarType Dtype { get; }

    /// <summary>Its sizes; empty for a tensor without dimensions.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The size of its elements in bytes.</summary>
    public long ByteCount => End - Begin;

    /// <summary>The offset of its bytes from the end of the header.</summary>
    internal long Begin { get; }

    internal long End { get; }

    /// <summary>Name, type and sizes: <c>fc.weight F32 [64, 64]</c>.</summary>
    public override string ToString() => $"{Name} {SafetensorsDtype.NameOf(Dtype)} [{string.Join(", ", Shape)}]";
}
