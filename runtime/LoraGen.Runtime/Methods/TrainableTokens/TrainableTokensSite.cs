using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Trainable tokens on an Embedding or a Linear: some rows of its weight are replaced by trained ones.</summary>
public sealed class TrainableTokensSite : Site
{
    internal TrainableTokensSite(LayerFacts facts, BaseLayer layer, TrainableTokensMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype)
    {
    }

    /// <summary>The rows [tokens, width], in the order of <see cref="Tokens"/>. The initial values are the base weight's.</summary>
    public Parameter Rows => Own[0];

    /// <summary>The numbers of the rows.</summary>
    public IReadOnlyList<int> Tokens => ((TrainableTokensMethod)Method).Tokens;
}
