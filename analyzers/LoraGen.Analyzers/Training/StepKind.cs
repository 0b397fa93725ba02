namespace LoraGen.Analyzers;

internal enum StepKind
{
    /// <summary><c>model.AttachLora()</c>: the subject is the model, the result the adapter.</summary>
    Attach,

    /// <summary>An optimizer over what the model's <c>parameters()</c> give: the subject is the model, the result the optimizer.</summary>
    OptimizeModel,

    /// <summary>An optimizer over an adapter's <c>Parameters()</c>, or one that it creates: the subject is the adapter.</summary>
    OptimizeAdapter,

    /// <summary><c>to</c>, <c>cuda</c>, <c>cpu</c>, … of a module, or <c>To</c> of an adapter.</summary>
    Move,

    /// <summary>A module is called, by <c>call</c> or <c>forward</c>.</summary>
    Call,

    /// <summary><c>train()</c> of a module; <c>train(false)</c> is <see cref="Eval"/>.</summary>
    Train,

    /// <summary><c>eval()</c> of a module.</summary>
    Eval,

    /// <summary><c>requires_grad = true</c> or <c>requires_grad_(true)</c>; the subject is the module or the variable.</summary>
    Unfreeze,

    /// <summary><c>backward()</c> of a tensor.</summary>
    Backward,

    /// <summary><c>step()</c> of an optimizer.</summary>
    OptimizerStep,

    /// <summary><c>load_state_dict</c>, <c>load</c> and other methods of TorchSharp and its libraries whose names begin with it, of a module.</summary>
    LoadModel,

    /// <summary><c>Merge()</c> of an adapter.</summary>
    Merge,

    /// <summary><c>Unmerge()</c> of an adapter.</summary>
    Unmerge,

    /// <summary><c>MergeAndUnload()</c> or <c>MergeAndRequantize()</c> of an adapter.</summary>
    MergeAndUnload,

    /// <summary><c>Detach()</c> of an adapter.</summary>
    Detach,

    /// <summary><c>Dispose()</c> of an adapter.</summary>
    Dispose,

    /// <summary><c>save</c> and other methods whose names begin with it, <c>state_dict</c>, … of a module.</summary>
    SaveModel,

    /// <summary>Any other member of an adapter.</summary>
    UseAdapter,
}
