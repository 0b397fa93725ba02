using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// VeRA's A and B as functions of a key: uniform numbers of torch's CPU generator, A before B, up to √(6 / columns), which are PEFT's to the bit.
/// </summary>
internal static class VeraProjections
{
    /// <summary>Sets A and B.</summary>
    public static void Fill(ParameterSet shared, long key)
    {
        foreach (var (projection, values) in shared.All.Zip(Drawn(shared, key)))
        {
            using (values)
                projection.copy_(values);
        }
    }

    /// <summary>Whether A and B are those of a key, in their own type.</summary>
    public static bool AreOf(ParameterSet shared, long key)
    {
        using var scope = NewDisposeScope();
        return shared.All.Zip(Drawn(shared, key)).All(pair => pair.First.eq(pair.Second.to(pair.First.dtype, pair.First.device)).all().item<bool>());
    }

    // In float32 and on the CPU, whatever the adapter's type and device are.
    private static IEnumerable<Tensor> Drawn(ParameterSet shared, long key)
    {
        using var generator = new Generator((ulong)key, CPU);
        foreach (var spec in shared.Specs)
        {
            var bound = Math.Sqrt(3.0) * (Math.Sqrt(2) / Math.Sqrt(spec.Shape[1]));
            yield return empty([.. spec.Shape], dtype: ScalarType.Float32, device: CPU).uniform_(-bound, bound, generator);
        }
    }
}
