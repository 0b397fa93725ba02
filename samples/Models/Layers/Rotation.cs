using static TorchSharp.torch;

namespace Models.Layers;

/// <summary>Rotates queries and keys. The pairs are the elements i and i + half, as in Hugging Face's weights.</summary>
public sealed record Rotation(Tensor Cosine, Tensor Sine)
{
    public Tensor Turn(Tensor heads)
    {
        var halves = heads.chunk(2, -1);
        return heads * Cosine + cat([-halves[1], halves[0]], -1) * Sine;
    }
}
