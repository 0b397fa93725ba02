using static TorchSharp.torch;

namespace LoraGen;

/// <summary>An adapter of a <typeparamref name="TModel"/> that no weight can hold: it acts while it is attached, and can't be merged.</summary>
/// <typeparam name="TModel">The base model's class.</typeparam>
public abstract class AdapterBase<TModel> : AdapterBase
    where TModel : nn.Module
{
    /// <summary>For generated adapters.</summary>
    protected AdapterBase(TModel model, string name)
        : base(model, name) => BaseModel = model;

    /// <summary>The model that the adapter was attached to.</summary>
    public TModel BaseModel { get; }
}
