namespace LoraGen.Runtime.Tests.Properties;

/// <summary>Seeds and input shapes: one dimension, two, three, and none in a batch.</summary>
internal static class Shapes
{
    public static TheoryData<int, long[]> All { get; } = new()
    {
        { 1, [6] },
        { 2, [1, 6] },
        { 3, [5, 6] },
        { 4, [2, 3, 6] },
        { 5, [2, 1, 3, 6] },
        { 6, [0, 6] },
    };
}
