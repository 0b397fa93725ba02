using static TorchSharp.torch;

namespace LoraGen;

/// <summary>An adapter of a <typeparamref name="TModel"/> whose contribution the base weights can hold.</summary>
/// <typeparam name="TModel">The base model's class.</typeparam>
public abstract class Adapter<TModel> : Adapter
    where TModel : nn.Module
{
    /// <summary>For generated adapters.</summary>
    protected Adapter(TModel model, string name)
        : base(model, name) => BaseModel = model;

    /// <summary>The model that the adapter was attached to.</summary>
    public TModel BaseModel { get; }

    /// <summary>
    /// Makes the contribution a part of the base weights for good, computed in at least float32 and rounded once, and disposes the adapter. The same
    /// model object is returned: it is the fine-tuned model now, with the flags it had before attaching.
    /// </summary>
    /// <exception cref="InvalidOperationException">As for <see cref="Adapter.Merge"/>; no weight was changed.</exception>
    public TModel MergeAndUnload()
    {
        Change(nameof(MergeAndUnload), MergePermanently);
        return BaseModel;
    }
}
