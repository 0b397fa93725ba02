using System.Text.RegularExpressions;

namespace LoraGen.Generator.Graph;

/// <summary>Fully qualified names.</summary>
internal static class QualifiedName
{
    private static readonly Regex Alias = new(@"[\w@]+::", RegexOptions.CultureInvariant);

    /// <summary>The name without <c>global::</c> or an extern alias.</summary>
    public static string WithoutAlias(string name) => Alias.Replace(name, string.Empty);
}
