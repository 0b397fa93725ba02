using System.Collections.Immutable;
using System.Reflection;

namespace LoraGen.Testing;

/// <summary>What a generator's named steps may do. <paramref name="Constants"/> is the class whose string constants are the names of all of them.</summary>
public sealed record StepRules(Type Constants)
{
    /// <summary>Steps whose values may change when their own file is edited without effect, such as the one that carries the class declaration.</summary>
    public ImmutableArray<string> ModifiedOnEdit { get; init; } = [];

    /// <summary>Steps whose values, and whose outputs, depend on positions or checksums of the user's files, such as interceptors.</summary>
    public ImmutableArray<string> PositionDependent { get; init; } = [];

    /// <summary>Steps that may hold syntax nodes and trees; never symbols, compilations or locations.</summary>
    public ImmutableArray<string> HoldSyntax { get; init; } = [];

    /// <summary>All step names, in ordinal order.</summary>
    public ImmutableSortedSet<string> Names { get; } = Constants
        .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(field => field.IsLiteral && field.FieldType == typeof(string))
        .Select(field => (string)field.GetRawConstantValue()!)
        .ToImmutableSortedSet(StringComparer.Ordinal);

    internal void Validate()
    {
        if (Names.IsEmpty)
            throw new HarnessException($"{Constants} has no string constants, but the names of the generator's steps are expected there.");
        foreach (var name in ModifiedOnEdit.Concat(PositionDependent).Concat(HoldSyntax))
            if (!Names.Contains(name))
                throw new HarnessException($"The step rules speak of '{name}', which is no constant of {Constants}. It has: {string.Join(", ", Names)}.");
    }
}
