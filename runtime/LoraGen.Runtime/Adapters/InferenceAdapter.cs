using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A saved adapter that only computes. Its parameters require no gradient, and there is nothing here that could be given to an optimizer: to train it
/// further, attach it by the generated <c>Attach…From</c> instead.
/// </summary>
/// <typeparam name="TModel">The base model's class.</typeparam>
public sealed class InferenceAdapter<TModel> : IDisposable
    where TModel : nn.Module
{
    private readonly Adapter<TModel> _adapter;

    internal InferenceAdapter(Adapter<TModel> adapter)
    {
        _adapter = adapter;
        adapter.ComputeOnly();
    }

    /// <inheritdoc cref="Adapter.Name"/>
    public string Name => _adapter.Name;

    /// <inheritdoc cref="Adapter{TModel}.BaseModel"/>
    public TModel BaseModel => _adapter.BaseModel;

    /// <inheritdoc cref="Adapter.IsAttached"/>
    public bool IsAttached => _adapter.IsAttached;

    /// <inheritdoc cref="Adapter.IsMerged"/>
    public bool IsMerged => _adapter.IsMerged;

    /// <inheritdoc cref="Adapter.IsActive"/>
    public bool IsActive { get => _adapter.IsActive; set => _adapter.IsActive = value; }

    /// <inheritdoc cref="Adapter.ActivateOnly"/>
    public void ActivateOnly() => _adapter.ActivateOnly();

    /// <inheritdoc cref="Adapter.To(Device)"/>
    public void To(Device device) => _adapter.To(device);

    /// <inheritdoc cref="Adapter.To(ScalarType)"/>
    public void To(ScalarType dtype) => _adapter.To(dtype);

    /// <inheritdoc cref="Adapter.To(Device, ScalarType)"/>
    public void To(Device device, ScalarType dtype) => _adapter.To(device, dtype);

    /// <inheritdoc cref="Adapter.Merge"/>
    public void Merge() => _adapter.Merge();

    /// <inheritdoc cref="Adapter.Unmerge"/>
    public void Unmerge() => _adapter.Unmerge();

    /// <inheritdoc cref="Adapter{TModel}.MergeAndUnload"/>
    public TModel MergeAndUnload() => _adapter.MergeAndUnload();

    /// <inheritdoc cref="Adapter.Detach"/>
    public void Detach() => _adapter.Detach();

    /// <inheritdoc cref="Adapter.Dispose"/>
    public void Dispose() => _adapter.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{_adapter}, for inference";
}
