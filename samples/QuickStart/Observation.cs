using System.Runtime.InteropServices;

namespace QuickStart;

/// <summary>What a model is at one moment: its losses on held-out text, its weights, and its logits on a fixed excerpt.</summary>
internal sealed record Observation(string State, double ProseLoss, double CodeLoss, float[] Weights, float[] Logits)
{
    public bool HasWeightsOf(Observation other) => SameBits(Weights, other.Weights);

    public bool HasLogitsOf(Observation other) => SameBits(Logits, other.Logits);

    public float LargestLogitDifference(Observation other) => Logits.Zip(other.Logits, (a, b) => Math.Abs(a - b)).Max();

    // As bytes: to == on floats, 0 is -0 and NaN is not NaN.
    private static bool SameBits(float[] a, float[] b) => MemoryMarshal.AsBytes(a.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(b.AsSpan()));
}
