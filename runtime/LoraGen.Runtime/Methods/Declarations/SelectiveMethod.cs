namespace LoraGen;

/// <summary>
/// A method that trains parameters of the base model itself, and adds none. While the adapter is inactive, and after it is detached, the model has its original
/// values, which are kept in a copy until then.
/// </summary>
public abstract partial record SelectiveMethod : MergeableMethod
{
    private protected SelectiveMethod()
    {
    }

    internal override bool HasSites => false;

    /// <summary>Returns no parameters: the base model has them.</summary>
    protected internal sealed override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [];
}
