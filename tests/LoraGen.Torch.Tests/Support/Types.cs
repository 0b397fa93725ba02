namespace LoraGen.Torch.Tests.Support;

/// <summary>The types that the operations are tried in.</summary>
public static class Types
{
    public static TheoryData<ScalarType> Floating => [ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16, ScalarType.Float16];

    public static TheoryData<ScalarType> Full => [ScalarType.Float32, ScalarType.Float64];

    public static TheoryData<ScalarType> Numeric =>
        [ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16, ScalarType.Float16, ScalarType.Int64, ScalarType.Int32, ScalarType.Byte];
}
