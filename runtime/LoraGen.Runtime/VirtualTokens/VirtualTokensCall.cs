using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The virtual tokens of one call: of each acting adapter, in the order of attaching.</summary>
internal sealed class VirtualTokensCall
{
    private readonly IReadOnlyList<AdapterBase> _adapters;
    private readonly Tensor _given;
    private readonly List<PrefixPart> _parts = [];

    /// <param name="adapters">The adapters.</param>
    /// <param name="embeddings">The embeddings of the tokens.</param>
    /// <param name="isTraining">Whether the model is in training mode.</param>
    /// <param name="isFirst">Whether the call is the first one of its sequence, so that virtual tokens are prepended.</param>
    public VirtualTokensCall(IReadOnlyList<AdapterBase> adapters, Tensor embeddings, bool isTraining, bool isFirst)
    {
        (_adapters, _given, Embeddings) = (adapters, embeddings, embeddings);
        All = adapters.Sum(adapter => adapter.VirtualTokenMethod!.Tokens);
        var prompts = new List<Tensor>();
        foreach (var adapter in adapters)
        {
            adapter.EnsureSameDevice(embeddings);
            if (!isFirst)
                adapter.ReachAllLayers();
            else if (adapter.VirtualTokenMethod!.IsPrefix)
                _parts.Add(PrefixOf(adapter, isTraining));
            else
                prompts.Add(PromptOf(adapter, isTraining));
        }

        Prefix = _parts.Count == 0 ? AttentionPrefix.None : new AttentionPrefix(_parts);
        PrefixTokens = Prefix.Tokens;
        if (prompts.Count == 0)
            return;

        Prompt = prompts.Sum(prompt => prompt.shape[1]);
        Embeddings = cat([.. prompts, embeddings], 1);
    }

    /// <summary>The number of all virtual tokens, wherever they are.</summary>
    public long All { get; }

    /// <summary>The number of virtual tokens in <see cref="Embeddings"/>.</summary>
    public long Prompt { get; }

    public long PrefixTokens { get; }

    public Tensor Embeddings { get; }

    public AttentionPrefix Prefix { get; }

    /// <summary>The positions of all of <see cref="Embeddings"/>, for those of the tokens.</summary>
    public Tensor Positions(Tensor positions)
    {
        var shifted = positions + All;
        return Prompt == 0
            ? shifted
            : cat([arange(PrefixTokens, All, positions.dtype, positions.device).unsqueeze(0).expand(positions.shape[0], Prompt), shifted], 1);
    }

    /// <exception cref="InvalidOperationException">The model can't process as many tokens.</exception>
    public void EnsureFits(long past)
    {
        foreach (var adapter in _adapters)
        {
            var most = adapter.VirtualTokenMethod!.MaxPositions(adapter.AdaptedModel.Module);
            var tokens = past + PrefixTokens + Embeddings.shape[1];
            if (tokens > most)
            {
                var model = adapter.AdaptedModel.Module.GetName();
                throw new InvalidOperationException(
                    $"Adapter \"{adapter.Name}\": {model} can process {most} tokens, but there are {tokens} with {All} virtual ones. "
                    + "Shorten the text, or train fewer virtual tokens.");
            }
        }
    }

    /// <summary>Moves what the model computes with to the caller's dispose scope.</summary>
    public void Keep()
    {
        if (!ReferenceEquals(Embeddings, _given))
            Embeddings.MoveToOuterDisposeScope();
        foreach (var part in _parts)
            part.Table.MoveToOuterDisposeScope();
    }

    private PrefixPart PrefixOf(AdapterBase adapter, bool isTraining)
    {
        var prefix = adapter.VirtualTokenMethod!.Prefix(adapter.AdaptedModel.Module, adapter.OwnParameters, isTraining);
        return new PrefixPart(adapter, prefix.to(_given.dtype));
    }

    private Tensor PromptOf(AdapterBase adapter, bool isTraining)
    {
        var prompt = adapter.VirtualTokenMethod!.Table(adapter.OwnParameters, isTraining);
        if (_given.shape[2] != prompt.shape[1])
        {
            throw new ArgumentException(
                $"Adapter \"{adapter.Name}\": the embeddings are [{string.Join(", ", _given.shape)}], but {nameof(IPromptable.EmbeddingWidth)} of "
                + $"{adapter.AdaptedModel.Module.GetName()} is {prompt.shape[1]}.");
        }

        adapter.ReachAllLayers();
        return prompt.to(_given.dtype).unsqueeze(0).expand(_given.shape[0], prompt.shape[0], prompt.shape[1]);
    }
}
