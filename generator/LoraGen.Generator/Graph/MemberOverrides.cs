using LoraGen.Generator.Models;

namespace LoraGen.Generator.Graph;

/// <summary>
/// The options that attributes on a member set: attributes without a name apply to every adapter of the class, the others to the adapter that they name.
/// </summary>
internal static class MemberOverrides
{
    public static bool IsOverridden(MemberFacts member, string adapter) => Applying(member, adapter).Any();

    /// <summary>The options without duplicates; the value of an attribute that names the adapter wins.</summary>
    public static EquatableArray<Option> Of(MemberFacts member, string adapter)
    {
        return Applying(member, adapter)
            .OrderBy(attribute => attribute.Name is null ? 0 : 1)
            .SelectMany(attribute => attribute.Options)
            .GroupBy(option => option.Name)
            .Select(options => options.Last())
            .ToEquatableArray();
    }

    private static IEnumerable<AttributeFacts> Applying(MemberFacts member, string adapter)
    {
        return member.Overrides.Where(attribute => attribute.Name is null || attribute.Name == adapter);
    }
}
