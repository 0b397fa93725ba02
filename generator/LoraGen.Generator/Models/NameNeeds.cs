namespace LoraGen.Generator.Models;

/// <summary>What a generated file needs in order to name the user's types.</summary>
/// <param name="Ids">The ids of the diagnostics from [Experimental] and [Obsolete], which the file disables.</param>
/// <param name="Aliases">The extern aliases of the assemblies that are referenced only by alias.</param>
/// <param name="HasErrors">Whether a type is obsolete such that no pragma allows its use, but [Obsolete] on the using code does.</param>
public sealed record NameNeeds(EquatableArray<string> Ids, EquatableArray<string> Aliases, bool HasErrors)
{
    public static NameNeeds None { get; } = new(default, default, false);

    /// <summary>What naming all of them needs.</summary>
    public static NameNeeds All(IEnumerable<NameNeeds> needs)
    {
        var all = needs.ToArray();
        return new NameNeeds(
            InOrder(all.SelectMany(each => each.Ids)), InOrder(all.SelectMany(each => each.Aliases)), all.Any(each => each.HasErrors));
    }

    private static EquatableArray<string> InOrder(IEnumerable<string> texts) =>
        texts.Distinct().OrderBy(text => text, StringComparer.Ordinal).ToEquatableArray();
}
