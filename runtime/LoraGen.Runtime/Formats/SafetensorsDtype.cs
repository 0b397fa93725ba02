using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>The names of the element types in safetensors.</summary>
internal static class SafetensorsDtype
{
    // In the order by which the reference's writer sorts.
    private static readonly (string Name, ScalarType Dtype, int Size)[] All =
    [
        ("BOOL", ScalarType.Bool, 1),
        ("U8", ScalarType.Byte, 1),
        ("I8", ScalarType.Int8, 1),
        ("I16", ScalarType.Int16, 2),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I32", ScalarType.Int32, 4),
        ("F32", ScalarType.Float32, 4),
        ("F64", ScalarType.Float64, 8),
        ("I64", ScalarType.Int64, 8),
    ];

    public static string Known { get; } = string.Join(", ", All.Select(entry => entry.Name));

    public static ScalarType? Find(string name)
    {
        var index = Array.FindIndex(All, entry => entry.Name == name);
        return index < 0 ? null : All[index].Dtype;
    }

    /// <summary>The position in the reference's order; negative for a type that safetensors files can't contain.</summary>
    public static int Rank(ScalarType dtype) => Array.FindIndex(All, entry => entry.Dtype == dtype);

    public static string NameOf(ScalarType dtype) => All[Rank(dtype)].Name;

    public static int SizeOf(ScalarType dtype) => All[Rank(dtype)].Size;
}
