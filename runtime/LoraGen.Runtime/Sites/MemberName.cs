using System.Text.RegularExpressions;

namespace LoraGen.Sites;

/// <summary>
/// The names of members that the compiler has stored in a field of another name: an auto-property's is <c>&lt;Name&gt;k__BackingField</c>, that of a primary
/// constructor's parameter <c>&lt;name&gt;P</c>. TorchSharp registers them under the field's name.
/// </summary>
internal static partial class MemberName
{
    /// <summary>A name or a dotted path without these marks.</summary>
    public static string Clean(string path) => path.Contains('<', StringComparison.Ordinal) ? Field().Replace(path, "$1") : path;

    /// <summary>The names without these marks, by those that are registered. A name that would then be another one's stays as it is registered.</summary>
    public static IReadOnlyDictionary<string, string> CleanAll(IEnumerable<string> registered)
    {
        var names = registered.Distinct(StringComparer.Ordinal).ToArray();
        var taken = names.ToHashSet(StringComparer.Ordinal);
        return names.ToDictionary(name => name, name => taken.Add(Clean(name)) ? Clean(name) : name, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"(?<=^|\.)<([^<>]+)>(?:k__BackingField|P)(?=\.|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
