using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>Writes what a file needs in order to name the user's types.</summary>
internal static class NeedsWriter
{
    private static readonly string[] OfObsolete = ["CS0612", "CS0618"];

    /// <summary>The pragma and the extern aliases at the beginning of a file.</summary>
    /// <param name="writer">Writes the file.</param>
    /// <param name="needs">What it needs.</param>
    /// <param name="reason">The comment at the pragma.</param>
    /// <param name="isAlwaysDisabled">Whether the warnings about obsolete members are disabled in any case.</param>
    public static void Begin(IndentedWriter writer, NameNeeds needs, string reason, bool isAlwaysDisabled)
    {
        var ids = (isAlwaysDisabled || needs.HasErrors ? OfObsolete : []).Concat(needs.Ids).Distinct().ToArray();
        if (ids.Length > 0)
            writer.Line($"#pragma warning disable {string.Join(", ", ids)} // {reason}");
        foreach (var alias in needs.Aliases)
            writer.Line($"extern alias {Code.Identifier(alias)};");
    }

    /// <summary>The attribute that allows code to use what is obsolete, where that is an error elsewhere.</summary>
    public static void Allow(IndentedWriter writer, NameNeeds needs)
    {
        if (needs.HasErrors)
            writer.Line("[global::System.Obsolete] // it names what may only be used in obsolete code");
    }
}
