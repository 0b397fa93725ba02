using Microsoft.CodeAnalysis;

namespace LoraGen.Testing;

/// <summary>
/// No value of a named step keeps a compilation, a symbol or a place in a file alive: such values root whole projects and never compare equal.
/// </summary>
internal static class ObjectGraphCheck
{
    public static void Verify(GeneratorOutcome outcome)
    {
        foreach (var name in outcome.Steps.Names)
        {
            var syntaxAllowed = outcome.Run.Steps.HoldSyntax.Contains(name);
            foreach (var (value, _) in outcome.Steps.Values(name))
                if (ObjectGraph.Find(value, found => BannedName(found, syntaxAllowed) is not null) is { } hit)
                    throw new HarnessException($"Step '{name}' holds {BannedName(hit.Found, syntaxAllowed)} ({hit.Found.GetType()}) at value{hit.Path}, "
                        + $"in the value\n  {value}\nTake what is needed out of it as strings and numbers before the value leaves its step.");
        }
    }

    /// <summary>What the object is called, where it may not be held; null where it may.</summary>
    internal static string? BannedName(object value, bool syntaxAllowed) => value switch
    {
        Compilation => nameof(Compilation),
        ISymbol => nameof(ISymbol),
        SemanticModel => nameof(SemanticModel),
        IOperation => nameof(IOperation),
        AttributeData => nameof(AttributeData),
        Location => nameof(Location),
        SyntaxReference => nameof(SyntaxReference),
        SyntaxNode when !syntaxAllowed => nameof(SyntaxNode),
        SyntaxTree when !syntaxAllowed => nameof(SyntaxTree),
        _ => null,
    };
}
