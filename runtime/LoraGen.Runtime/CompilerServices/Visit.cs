namespace LoraGen.CompilerServices;

/// <summary>With what a module is visited.</summary>
/// <param name="Method">The method, with the options in force there.</param>
/// <param name="IsAsked">Whether an attribute asks for a layer here, whatever the targets are.</param>
/// <param name="ByDefault">Whether a layer here is adapted where there are no targets.</param>
internal sealed record Visit(AdapterMethod Method, bool IsAsked = false, bool ByDefault = true);
