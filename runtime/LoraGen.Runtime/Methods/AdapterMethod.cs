namespace LoraGen;

/// <summary>
/// A way to adapt layers, with its options: the base of <see cref="LoraMethod"/>. It declares which parameters it adds to a layer, and makes the site that
/// computes with them. The generator compiles the declaration too: no tensor occurs in it.
/// </summary>
public abstract partial record AdapterMethod
{
    private protected AdapterMethod()
    {
    }

    /// <summary>Which biases of the base model train beside the sites.</summary>
    public LoraBias Bias { get; init; }

    /// <summary>What it adds to such a layer, in the order in which it is given to the optimizer.</summary>
    internal abstract IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer);

    /// <summary>Throws when the options can't work.</summary>
    /// <param name="place">What the options belong to, as messages name it.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal abstract void Validate(string place);
}
