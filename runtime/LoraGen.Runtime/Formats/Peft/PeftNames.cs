using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LoraGen.Formats;

/// <summary>The names of modules in PEFT's config.</summary>
internal static class PeftNames
{
    /// <summary>The last name of a path.</summary>
    public static string LastOf(string path) => path[(path.LastIndexOf('.') + 1)..];

    /// <summary>Whether a path ends with one of the names, at a dot or not: PEFT's rule for modules_to_save and for lists of feedforward_modules.</summary>
    public static bool Meet(IEnumerable<string> names, string path) => names.Any(name => path.EndsWith(name, StringComparison.Ordinal));

    /// <summary>Whether a module is at one of the paths, or within the module there.</summary>
    public static bool IsWithin(string path, Func<string, bool> outer)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
        {
            if (outer(path[..end]))
                return true;
        }

        return false;
    }

    /// <summary>A regular expression, in Python and in .NET, that matches these paths only.</summary>
    public static string Expression(IEnumerable<string> paths) => string.Join('|', paths.Select(Escape));

    /// <summary>A regular expression, in Python and in .NET, that matches this text only.</summary>
    public static string Escape(string text) => Regex.Replace(text, @"[^\w]", @"\$0", RegexOptions.CultureInvariant);

    /// <summary>A list of texts.</summary>
    public static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}
