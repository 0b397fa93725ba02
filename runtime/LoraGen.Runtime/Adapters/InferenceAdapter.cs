using static TorchSharp.torch;

namespace LoraGen;

/// <summary>A saved adapter for inference, whose contribution can be merged into the base weights.</summary>
/// <inheritdoc/>
public sealed class InferenceAdapter<TModel> : InferenceAdapterBase<TModel>
    where TModel : nn.Module
{
    private readonly Adapter<TModel> _adapter;

    internal InferenceAdapter(Adapter<TModel> adapter)
        : base(adapter, adapter.BaseModel) => _adapter = adapter;

    /// <inheritdoc cref="Adapter.Merge"/>
    public void Merge() => _adapter.Merge();

    /// <inheritdoc cref="Adapter.Unmerge"/>
    public void Unmerge() => _adapter.Unmerge();

    /// <inheritdoc cref="Adapter{TModel}.MergeAndUnload"/>
    public TModel MergeAndUnload() => _adapter.MergeAndUnload();
}
