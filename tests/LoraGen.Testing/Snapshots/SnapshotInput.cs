using System.Collections.Immutable;
using System.Text;

namespace LoraGen.Testing;

/// <summary>A run's own part, stored beside its snapshots: the sources, and in lines before them the properties and the allowed warnings.</summary>
internal static class SnapshotInput
{
    private const string Property = "// property: ";
    private const string Allow = "// allow: ";

    public static string Write(GeneratorRun run)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in run.Properties)
            text.Append(Property).Append(name).Append('=').Append(value).Append('\n');
        foreach (var id in run.AllowedInSources)
            text.Append(Allow).Append(id).Append('\n');
        return text.Append(SourceFiles.Join(run.Sources)).ToString();
    }

    public static GeneratorRun Read(GeneratorRun common, string text)
    {
        var run = common with { Sources = ImmutableArray<SourceFile>.Empty };
        while (text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var end)
        {
            var line = text[..end];
            if (line.StartsWith(Property, StringComparison.Ordinal) && line[Property.Length..].Split('=', 2) is [var name, var value])
                run = run.Property(name, value);
            else if (line.StartsWith(Allow, StringComparison.Ordinal))
                run = run.Allowing(line[Allow.Length..]);
            else
                break;
            text = text[(end + 1)..];
        }

        return run.Files(text);
    }
}
