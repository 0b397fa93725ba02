using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A saved adapter for inference. Its parameters require no gradient, and it has no members for an optimizer. To train it further, attach it by the generated
/// <c>Attach…From</c>.
/// </summary>
/// <typeparam name="TModel">The base model's class.</typeparam>
public class InferenceAdapterBase<TModel> : IDisposable
    where TModel : nn.Module
{
    private readonly AdapterBase _adapter;

    internal InferenceAdapterBase(AdapterBase adapter, TModel model)
    {
        _adapter = adapter;
        BaseModel = model;
        adapter.ComputeOnly();
    }

    /// <inheritdoc cref="AdapterBase.Name"/>
    public string Name => _adapter.Name;

    /// <inheritdoc cref="Adapter{TModel}.BaseModel"/>
    public TModel BaseModel { get; }

    /// <inheritdoc cref="AdapterBase.LoadReport"/>
    public AdapterLoadReport? LoadReport => _adapter.LoadReport;

    /// <inheritdoc cref="AdapterBase.IsAttached"/>
    public bool IsAttached => _adapter.IsAttached;

    /// <inheritdoc cref="AdapterBase.IsMerged"/>
    public bool IsMerged => _adapter.IsMerged;

    /// <inheritdoc cref="AdapterBase.IsActive"/>
    public bool IsActive { get => _adapter.IsActive; set => _adapter.IsActive = value; }

    /// <inheritdoc cref="AdapterBase.ActivateOnly"/>
    public void ActivateOnly() => _adapter.ActivateOnly();

    /// <inheritdoc cref="AdapterBase.To(Device)"/>
    public void To(Device device) => _adapter.To(device);

    /// <inheritdoc cref="AdapterBase.To(ScalarType)"/>
    public void To(ScalarType dtype) => _adapter.To(dtype);

    /// <inheritdoc cref="AdapterBase.To(Device, ScalarType)"/>
    public void To(Device device, ScalarType dtype) => _adapter.To(device, dtype);

    /// <inheritdoc cref="AdapterBase.Detach"/>
    public void Detach() => _adapter.Detach();

    /// <inheritdoc cref="AdapterBase.Dispose"/>
    public void Dispose() => _adapter.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{_adapter}, for inference";
}
