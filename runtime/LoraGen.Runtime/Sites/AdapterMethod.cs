namespace LoraGen;

/// <summary>
/// A way to adapt layers, with its options: the base of <see cref="LoraMethod"/>. Its one task is to make a site of a layer that it can adapt.
/// </summary>
public abstract partial record AdapterMethod
{
    private protected AdapterMethod()
    {
    }

    /// <summary>Which biases of the base model train beside the sites.</summary>
    public LoraBias Bias { get; init; }

    /// <summary>Throws when the options can't work.</summary>
    /// <param name="place">What the options belong to, as messages name it.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal abstract void Validate(string place);
}
