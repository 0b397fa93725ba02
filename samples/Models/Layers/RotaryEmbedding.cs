using Models.Configs;
using static TorchSharp.torch;

namespace Models.Layers;

/// <summary>Positions as angles by which the pairs of a head's numbers are rotated (Su et al. 2021, arXiv:2104.09864).</summary>
public sealed class RotaryEmbedding
{
    // An array: TorchSharp would register a tensor in a module's field as a buffer, which the checkpoints don't have.
    private readonly float[] _frequencies;

    public RotaryEmbedding(long headSize, double theta, RopeScaling? scaling)
    {
        var plain = Enumerable.Range(0, (int)headSize / 2).Select(pair => Math.Pow(theta, -2.0 * pair / headSize));
        _frequencies = [.. plain.Select(frequency => (float)(scaling?.Scale(frequency) ?? frequency))];
    }

    /// <summary>Radians a position, one for each pair.</summary>
    public IReadOnlyList<float> Frequencies => _frequencies;

    /// <summary>Positions [batch, time] to a rotation of [batch, head, time, size of a head].</summary>
    public Rotation At(Tensor positions, ScalarType dtype)
    {
        var angles = positions.to(ScalarType.Float32).unsqueeze(-1) * tensor(_frequencies, device: positions.device);
        var both = cat([angles, angles], -1).unsqueeze(1);
        return new Rotation(both.cos().to(dtype), both.sin().to(dtype));
    }
}
