using LoraGen.Formats;
using LoraGen.Layers;
using LoraGen.Sites;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>W' is W with some rows replaced; an Embedding looks them up, and a Linear computes the outputs of the same numbers with them.</content>
public sealed partial record TrainableTokensMethod
{
    internal override PeftMethod Peft => TrainableTokensPeft.Instance;

    /// <inheritdoc/>
    protected internal override void Start(Site site)
    {
        using var scope = NewDisposeScope();
        var rows = ((TrainableTokensSite)site).Rows;
        rows.copy_(BaseWeights.FiniteWeightOf(site).index_select(0, Indices(rows.device)));
    }

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        var site = (TrainableTokensSite)call.Site;
        site.EnsureSameDevice(output);
        using var scope = NewDisposeScope();
        var result = call.Layer.Facts.Kind == LayerKind.Embedding ? Looked(site, input, output) : Computed(site, call.Layer, input, output);
        return result.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var scope = NewDisposeScope();
        var rows = ((TrainableTokensSite)site).Rows.to(weights.Weight.dtype, weights.Weight.device);
        var indices = Indices(rows.device);
        var weight = weights.Weight.index_copy(0, indices, rows).MoveToOuterDisposeScope();

        // The trained outputs of a Linear have the base model's bias, whatever earlier adapters did to it.
        return ReferenceEquals(weights.Bias, baseWeights.Bias)
            ? weights with { Weight = weight }
            : new LayerWeights(weight, weights.Bias!.index_copy(0, indices, baseWeights.Bias!.index_select(0, indices)).MoveToOuterDisposeScope());
    }

    internal override bool SharesParameters(BaseLayer one, BaseLayer other) => true;

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype)
    {
        if (layer.Weight is not { } weight || !weight.is_floating_point())
        {
            throw new InvalidOperationException(
                $"{facts.Path}: trainable tokens start from the rows of the layer's weight, but the layer has no floating-point weight to read (it is "
                + "quantised, or its weight is not accessible). Leave the layer out of the targets.");
        }

        if (layer.Module is Embedding embedding
            && !weight.is_meta
            && EmbeddingOptions.Of(embedding).PaddingIndex is { } padding
            && Tokens.Contains((int)padding))
        {
            throw new ArgumentException(
                $"{facts.Path}: Tokens has {padding}, which is the Embedding's padding_idx: its row has no gradient and would not be trained. Remove it.");
        }

        return new TrainableTokensSite(facts, layer, this, dtype);
    }

    // The position of each id among the sorted tokens, and whether that token is the id.
    private Tensor Looked(TrainableTokensSite site, Tensor input, Tensor output)
    {
        var order = Tokens.Select((token, index) => (token, index)).OrderBy(entry => entry.token).ToArray();
        var sorted = tensor(Array.ConvertAll(order, entry => (long)entry.token), device: output.device);
        var ids = input.reshape(-1).to(ScalarType.Int64);
        var position = searchsorted(sorted, ids).clamp_max(order.Length - 1);
        var isTrained = sorted.index_select(0, position).eq(ids).view(-1, 1);
        var index = tensor(Array.ConvertAll(order, entry => (long)entry.index), device: output.device).index_select(0, position);
        var rows = site.Rows.index_select(0, index).to(output.dtype);
        return where(isTrained, rows, output.reshape(-1, site.Rows.shape[1])).view(output.shape);
    }

    private Tensor Computed(TrainableTokensSite site, BaseLayer layer, Tensor input, Tensor output)
    {
        var numbers = Indices(output.device);
        var bias = BaseWeights.BiasOf(site, layer)?.index_select(0, numbers).to(site.Rows.dtype);
        var outputs = nn.functional.linear(input.to(site.Rows.dtype), site.Rows, bias);
        return output.index_copy(-1, numbers, outputs.to(output.dtype));
    }

    private Tensor Indices(Device device) => tensor(Tokens.Select(token => (long)token).ToArray(), device: device);
}
