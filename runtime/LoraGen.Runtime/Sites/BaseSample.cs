using System.Globalization;
using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>A few elements of a weight, in float32.</summary>
internal sealed record BaseSample(IReadOnlyList<float> Values)
{
    private const int MostElements = 32;

    // The same checkpoint may be loaded in float32, float16 or bfloat16, whose elements have 8 significant bits.
    private const float Tolerance = 1f / 128;
    private const float SmallestElement = 1e-6f;

    /// <summary>Elements at even distances, so that only these are read from the device.</summary>
    public static BaseSample Of(Tensor weight)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var flat = weight.detach().reshape(-1);
        var count = (int)Math.Min(MostElements, flat.numel());
        var positions = tensor(Enumerable.Range(0, count).Select(i => i * flat.numel() / count).ToArray(), device: flat.device);
        return new BaseSample(flat.index_select(0, positions).to(ScalarType.Float32).cpu().data<float>().ToArray());
    }

    /// <returns>Null if the text is not a sample.</returns>
    public static BaseSample? Parse(string text)
    {
        var values = new List<float>();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                return null;
            values.Add(value);
        }

        return new BaseSample(values);
    }

    /// <summary>Whether both are of one weight, in types of any precision.</summary>
    public bool IsSameAs(BaseSample other)
    {
        return Values.Count == other.Values.Count && Values.Zip(other.Values).All(pair => AreSame(pair.First, pair.Second));
    }

    /// <summary>The elements, separated by spaces.</summary>
    public override string ToString() => string.Join(' ', Values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static bool AreSame(float one, float other)
    {
        return one.Equals(other) || Math.Abs(one - other) <= Math.Max(Tolerance * Math.Max(Math.Abs(one), Math.Abs(other)), SmallestElement);
    }
}
