using static TorchSharp.torch;

namespace Inference.Generation;

/// <summary>Greedy decoding.</summary>
internal sealed class LikeliestToken : ITokenChoice
{
    public long Choose(Tensor logits)
    {
        using var likeliest = logits.argmax();
        return likeliest.item<long>();
    }
}
