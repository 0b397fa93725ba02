using static TorchSharp.torch;

namespace Inference.Generation;

/// <summary>
/// Draws from the likeliest tokens that together have the share <paramref name="topP"/> of the probability (Holtzman et al. 2019, arXiv:1904.09751).
/// </summary>
/// <param name="temperature">The divisor of the logits: below 1 favours likely tokens, above 1 unlikely ones.</param>
/// <param name="topP">The share, 1 for all tokens.</param>
/// <param name="random">The random generator, on the logits' device.</param>
internal sealed class SampledToken(double temperature, double topP, Generator random) : ITokenChoice
{
    public long Choose(Tensor logits)
    {
        using var scope = NewDisposeScope();
        var (likeliest, tokens) = (logits.to(ScalarType.Float32) / temperature).softmax(-1).sort(-1, descending: true);
        // A token is kept if the tokens before it don't have the share yet, so the first one always is.
        var before = likeliest.cumsum(-1) - likeliest;
        var kept = likeliest.masked_fill(before.ge(topP), 0);
        return tokens[kept.multinomial(1, generator: random)].item<long>();
    }
}
