using System.Text;

namespace LoraGen;

/// <summary>
/// A method of adapting layers, with its options. A method declares the parameters that it adds to a layer, and computes with them in stages: their initial
/// values, the layer's input, the layer's output, a penalty, and an action after an optimizer's step. The library creates, counts, moves, shares, saves and
/// loads the declared parameters. User-defined methods derive from this class, or from <see cref="MergeableMethod"/> if their effect can be merged into the
/// weight, and are used by <see cref="AdapterAttribute{TMethod}"/>.
/// </summary>
/// <remarks>
/// Several adapters of a layer are applied in the order of attaching: each receives the output of the layer with the earlier ones, and its <c>OnInput</c>
/// changes the input of all of these.
/// </remarks>
public abstract partial record AdapterMethod
{
    private const string Ending = "Method";

    /// <summary>The biases of the base model that are trained in addition to the sites.</summary>
    public LoraBias Bias { get; init; }

    /// <inheritdoc cref="LayerAdapterAttribute.Base"/>
    public Quantization Base { get; init; }

    /// <inheritdoc cref="LayerAdapterAttribute.BaseBlockSize"/>
    public int BaseBlockSize { get; init; }

    /// <inheritdoc cref="LayerAdapterAttribute.BaseDoubleQuantization"/>
    public bool BaseDoubleQuantization { get; init; } = true;

    /// <inheritdoc cref="LayerAdapterAttribute.BaseComputeType"/>
    public ComputeType BaseComputeType { get; init; }

    /// <summary>The method's name within generated names and messages: its class without the ending <c>Method</c>.</summary>
    internal string Name => GetType().Name is var name && name.Length > Ending.Length && name.EndsWith(Ending, StringComparison.Ordinal)
        ? name.Substring(0, name.Length - Ending.Length)
        : name;

    /// <summary>The name in the literature.</summary>
    internal virtual string Label => Name;

    /// <summary>The options as text for documentation; empty if none is worth mentioning.</summary>
    internal virtual string Summary => string.Empty;

    /// <summary>Options whose entries are paths or patterns of the adapted layers; each entry must match one.</summary>
    internal virtual IReadOnlyList<(string Option, IReadOnlyList<string> Patterns)> PathOptions => [];

    /// <summary>Whether adapters of the method adapt layers. Others act on the model as a whole, or on its own parameters.</summary>
    internal virtual bool HasSites => true;

    /// <summary>The generic class, without its namespace, from which the method's adapters derive; null for the one that all others have.</summary>
    internal virtual string? AdapterClass => null;

    /// <summary>Whether adapters of the method act on any module with one input and one output, instead of on layers.</summary>
    internal virtual bool AdaptsModules => false;

    /// <summary>The options of which one must say what is adapted; null, the default, if there is a default for it.</summary>
    internal virtual string? RequiredChoice => null;

    /// <summary>
    /// Whether the method acts before or after the steps of an optimizer, so that its adapters create the optimizer themselves. Of a user-defined method the
    /// generator reads it from the stages that it overrides.
    /// </summary>
    internal virtual bool ActsOnSteps => false;

    /// <summary>
    /// Whether an adapter's contribution to a layer's output only depends on the base layer, so that the order of such adapters does not matter. The default is
    /// false: adapters compose in the order of attaching.
    /// </summary>
    protected internal virtual bool IsAdditive => false;

    /// <summary>Returns the parameters that the method adds to a layer, in the order in which the optimizer receives them.</summary>
    protected internal abstract IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer);

    /// <summary>Returns the parameters that all sites of an adapter share. The default is none.</summary>
    /// <param name="layers">The adapted layers.</param>
    protected internal virtual IReadOnlyList<ParameterSpec> SharedParameters(IReadOnlyList<LayerFacts> layers) => [];

    /// <summary>
    /// The elements per token that a site keeps for the backward pass beside the layer's own results, for the estimate of memory.
    /// </summary>
    internal virtual long Hidden(LayerFacts layer) => 0;

    /// <summary>
    /// The elements per token that a site reads and keeps for the backward pass in the adapter's type, for the estimate of memory. The default is for methods
    /// whose first declared parameter is the matrix that reads them, on linear layers and modules.
    /// </summary>
    internal virtual long ReadElements(LayerFacts layer)
    {
        return Hidden(layer) > 0 && layer.Kind is LayerKind.Linear or LayerKind.Unknown ? Parameters(layer)[0].Shape[1] : 0;
    }

    /// <summary>
    /// The tensors that the stages around a step keep until the next one. They belong to the state of the adapter's optimizer: it saves them, the adapter's
    /// files don't have them, and they are not counted.
    /// </summary>
    internal virtual IReadOnlyList<ParameterSpec> StepState(LayerFacts layer) => [];

    /// <summary>The options that a saved state of the adapter's optimizer depends on, as text; empty if there are none.</summary>
    internal virtual string Schedule => string.Empty;

    /// <summary>Returns how the options differ from those of another site of the adapter, where all sites need the same; null if they don't.</summary>
    internal virtual string? DifferenceFrom(AdapterMethod other) => null;

    /// <summary>Returns why the method can't adapt a layer, and what to do instead; null if it can. The message is preceded by the layer's path.</summary>
    protected internal virtual OptionFault? Unsupported(LayerFacts layer) => null;

    /// <summary>Returns what the method can't do on a layer that it can adapt; null if there is nothing. The compiler warns of it.</summary>
    internal virtual OptionFault? Caution(LayerFacts layer) => null;

    /// <summary>Why the layers' weights can't be quantised; null, the default, if they can.</summary>
    internal virtual string? FloatBase => null;

    /// <summary>How the layers' weights are quantised when the adapter is attached; null if they are not.</summary>
    internal BaseQuantization? BaseOptions => Base == Quantization.None
        ? null
        : new BaseQuantization(Base) { BlockSize = BaseBlockSize, DoubleQuantization = BaseDoubleQuantization, ComputeType = BaseComputeType };

    /// <summary>
    /// Writes the options in the text of the method, which is in files of user-defined methods. How the base's weights are stored is not in it, so that an
    /// adapter can be loaded on a base in another format.
    /// </summary>
    /// <param name="builder">Where they are written.</param>
    protected virtual bool PrintMembers(StringBuilder builder)
    {
        builder.Append(nameof(Bias)).Append(" = ").Append(Bias);
        return true;
    }

    /// <summary>Returns what is wrong with the options. Attaching throws with the first.</summary>
    protected internal virtual IEnumerable<OptionFault> Faults() => [];

    /// <summary>Returns what is wrong with the method's options and with those of the base.</summary>
    internal IEnumerable<OptionFault> AllFaults()
    {
        if (Base != Quantization.None && FloatBase is { } reason)
        {
            // A member may set Reparametrize, and its class Base.
            string[] options = this is LowRankMethod { Reparametrize: true } ? [nameof(Base), nameof(LowRankMethod.Reparametrize)] : [nameof(Base)];
            return Faults().Append(OptionRule.BaseMustBeFloat.Broken(options, new(nameof(Base), null), Base, reason));
        }

        return BaseOptions?.Fault() is { } fault ? Faults().Append(fault) : Faults();
    }
}
