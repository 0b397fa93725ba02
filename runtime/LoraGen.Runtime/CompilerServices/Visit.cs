namespace LoraGen.CompilerServices;

/// <summary>The state with which a module is visited.</summary>
/// <param name="Method">The method, with the options for this module.</param>
/// <param name="IsAsked">Whether an attribute requests the layer, whatever the targets are.</param>
/// <param name="ByDefault">Whether the layer is adapted if there are no targets.</param>
internal sealed record Visit(AdapterMethod Method, bool IsAsked = false, bool ByDefault = true);
