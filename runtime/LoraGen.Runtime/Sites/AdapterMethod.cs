using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A way to adapt layers, with its options: the base of <see cref="LoraMethod"/>. Its one task is to make a site of a layer that it can adapt.
/// </summary>
public abstract record AdapterMethod
{
    private protected AdapterMethod()
    {
    }

    /// <summary>Throws when the options can't work.</summary>
    /// <param name="place">What the options belong to, as messages name it.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal abstract void Validate(string place);

    /// <summary>Makes the site's parameters, on the layer's device; nothing is hooked yet.</summary>
    internal abstract Site CreateSite(string path, LinearLayer layer, ScalarType? dtype);

    /// <summary>What trains at a layer of that shape; null for a module that the method does not adapt.</summary>
    internal abstract long? CountTrainable(ModuleShape module);
}
