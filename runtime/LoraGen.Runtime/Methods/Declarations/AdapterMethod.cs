namespace LoraGen;

/// <summary>
/// A way to adapt layers, with its options. A method declares the parameters that it adds to a layer, and computes with them in stages: their first values,
/// the layer's input, the layer's output, a penalty, and what follows an optimizer's step. Creating, counting, moving, sharing, saving and loading the
/// parameters follow from the declaration. Methods of your own derive from this class, or from <see cref="MergeableMethod"/> where a weight can hold what they
/// do, and are asked for by <see cref="AdapterAttribute{TMethod}"/>.
/// </summary>
/// <remarks>
/// Several adapters of a layer are applied in the order of attaching: each gets what the layer with the earlier ones computes, and its
/// <c>OnInput</c> acts on the input of all of these.
/// </remarks>
public abstract partial record AdapterMethod
{
    private const string Ending = "Method";

    /// <summary>Which biases of the base model train beside the sites.</summary>
    public LoraBias Bias { get; init; }

    /// <summary>The method's name within generated names and messages: its class without the ending <c>Method</c>.</summary>
    internal string Name => GetType().Name is var name && name.Length > Ending.Length && name.EndsWith(Ending, StringComparison.Ordinal)
        ? name.Substring(0, name.Length - Ending.Length)
        : name;

    /// <summary>As the field writes the name.</summary>
    internal virtual string Label => Name;

    /// <summary>The options in words, for documentation; empty where there are none to speak of.</summary>
    internal virtual string Summary => string.Empty;

    /// <summary>Options whose entries are paths or patterns of the adapted layers; each entry must match one.</summary>
    internal virtual IReadOnlyList<(string Option, IReadOnlyList<string> Patterns)> PathOptions => [];

    /// <summary>
    /// Whether what an adapter adds to a layer's output depends on the base layer alone, whatever other adapters do: then the order of such adapters does not
    /// matter. Default false: adapters compose in the order of attaching.
    /// </summary>
    protected internal virtual bool IsAdditive => false;

    /// <summary>What the method adds to a layer, in the order in which it is given to the optimizer.</summary>
    protected internal abstract IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer);

    /// <summary>What all sites of an adapter use together. Default: nothing.</summary>
    /// <param name="layers">The adapted layers.</param>
    protected internal virtual IReadOnlyList<ParameterSpec> SharedParameters(IReadOnlyList<LayerFacts> layers) => [];

    /// <summary>Why the method can't adapt a layer, and what to do instead; null where it can. Messages begin with the layer's path.</summary>
    protected internal virtual OptionFault? Unsupported(LayerFacts layer) => null;

    /// <summary>What is wrong with the options. Attaching throws for the first.</summary>
    protected internal virtual IEnumerable<OptionFault> Faults() => [];
}
