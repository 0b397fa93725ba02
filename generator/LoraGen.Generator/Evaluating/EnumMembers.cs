using System.Globalization;
using LoraGen.Generator.Counting;
using LoraGen.Generator.Models;

namespace LoraGen.Generator.Evaluating;

/// <summary>The members of enumerations that mirrored constructors name.</summary>
internal static class EnumMembers
{
    /// <summary>By what is written.</summary>
    public static IReadOnlyDictionary<string, EnumValue> Of(IEnumerable<ShapeFunction> functions)
    {
        var members = new Dictionary<string, EnumValue>(StringComparer.Ordinal);
        foreach (var function in functions)
            Add(function.Body, members);
        return members;
    }

    private static void Add(EquatableArray<ShapeCode> codes, Dictionary<string, EnumValue> members)
    {
        foreach (var code in codes)
        {
            if (code.Kind == ShapeCodeKind.EnumMember && long.TryParse(code.Parts[1].Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
                members[code.Text] = new EnumValue(code.Parts[0].Text, number);
            Add(code.Parts, members);
        }
    }
}
