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

    /// <summary>
    /// Merges the contribution permanently, as <see cref="MergeAndUnload"/>, and quantises each weight again that was quantised, in the same way. What is
    /// smaller than the distance of the format's values is lost: compare the model's outputs before and after.
    /// </summary>
    /// <returns>The layers, with the relative errors of the merged weights.</returns>
    /// <exception cref="InvalidOperationException">
    /// No weight is quantised, or the adapter can't be merged, for the reasons of <see cref="Adapter.Merge"/>. No weight was changed.
    /// </exception>
    public QuantizationReport MergeAndRequantize()
    {
        QuantizationReport? report = null;
        Change(nameof(MergeAndRequantize), () => report = MergeIntoQuantized());
        return report!;
    }
}
