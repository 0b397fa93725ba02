using static TorchSharp.torch;

namespace Inference.Generation;

/// <summary>
/// Draws from the likeliest tokens that together have the share <paramref name="topP"/> of the probability (Holtzman et al. 2019, arXiv:1904.09751).
/// </summary>
/// <param name="temperature">What the logits are divided by: below 1 for more of the likely, above for less.</param>
/// <param name="topP">The share, 1 for all tokens.</param>
/// <param name="random">Where the draws come from, on the logits' device.</param>
internal sealed class SampledToken(double temperature, double topP, Generator random) : ITokenChoice
{
    public long Choose(Tensor logits)
    {
        using var scope = NewDisposeScope();
        var (likeliest, tokens) = (logits.to(ScalarType.Float32) / temperature).softmax(-1).sort(-1, descending: true);
        // A token stays as long as those before it don't have the share yet; so the first one always does.
        var before = likeliest.cumsum(-1) - likeliest;
        var kept = likeliest.masked_fill(before.ge(topP), 0);
        return tokens[kept.multinomial(1, generator: random)].item<long>();
    }
}
