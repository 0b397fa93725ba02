using static TorchSharp.torch;

namespace LoraGen;

/// <summary>An adapter of a <typeparamref name="TModel"/> whose contribution can't be merged into the base weights.</summary>
/// <typeparam name="TModel">The base model's class.</typeparam>
public abstract class AdapterBase<TModel> : AdapterBase
    where TModel : nn.Module
{
    /// <summary>Creates an adapter. Only generated classes call it.</summary>
    protected AdapterBase(TModel model, string name)
        : base(model, name) => BaseModel = model;

    /// <summary>The model that the adapter was attached to.</summary>
    public TModel BaseModel { get; }
}
