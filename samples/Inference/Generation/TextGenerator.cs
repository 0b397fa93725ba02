using Models.Layers;
using static TorchSharp.torch;

namespace Inference.Generation;

/// <summary>Continues a text, token by token, with a cache of keys and values.</summary>
internal sealed class TextGenerator(
    nn.Module<Tensor, Tensor?, Tensor?, KeyValueCache?, Tensor> model, ITokenChoice choice, IReadOnlySet<long> endTokens, Device device)
{
    /// <summary>At most this number of tokens; fewer if an end token is generated, which is not included.</summary>
    public IEnumerable<long> Continue(IReadOnlyList<long> prompt, int maxTokens)
    {
        using var cache = new KeyValueCache();
        var given = prompt;
        for (var i = 0; i < maxTokens; i++)
        {
            var next = Next(given, cache);
            if (endTokens.Contains(next))
                yield break;
            yield return next;
            given = [next];
        }
    }

    private long Next(IReadOnlyList<long> given, KeyValueCache cache)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var logits = model.call(tensor(given.ToArray(), device: device).unsqueeze(0), null, null, cache);
        return choice.Choose(logits[0, -1]);
    }
}
