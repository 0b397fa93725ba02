using static TorchSharp.torch;

namespace LoraGen;

/// <summary>An adapter of a <typeparamref name="TModel"/> whose contribution can be merged into the base weights.</summary>
/// <typeparam name="TModel">The base model's class.</typeparam>
public abstract class Adapter<TModel> : Adapter
    where TModel : nn.Module
{
    /// <summary>Creates an adapter. Only generated classes call it.</summary>
    protected Adapter(TModel model, string name)
        : base(model, name) => BaseModel = model;

    /// <summary>The model that the adapter was attached to.</summary>
    public TModel BaseModel { get; }

    /// <summary>
    /// Merges the contribution into the base weights permanently, computed in at least float32 and rounded once, and disposes the adapter. It returns the same
    /// model object, which is the fine-tuned model now, with the <c>requires_grad</c> flags that it had before attaching.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The adapter can't be merged, for the reasons of <see cref="Adapter.Merge"/>. No weight was changed.
    /// </exception>
    public TModel MergeAndUnload()
    {
        Change(nameof(MergeAndUnload), MergePermanently);
        return BaseModel;
    }
}
