using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The header of a generated file: the adapted layers, and notes about members that the compiler can't see into.</summary>
internal static class HeaderWriter
{
    public static void Write(IndentedWriter writer, AdapterModel adapter)
    {
        var method = adapter.Method;
        writer.Line(Code.Comment($"// {method.Label} adapter \"{adapter.AdapterName}\" of {adapter.ModelName}{Options(adapter)}."));
        var width = adapter.Layers.Select(layer => layer.Path.Length).DefaultIfEmpty().Max();
        List(writer, "Adapted", [.. adapter.Layers.Select(layer => $"{layer.Path.PadRight(width)}  {layer.Text}")]);
        List(writer, "Trained as a whole", [.. adapter.Trained.Select(layer => $"{layer.Path}  {layer.Text}")]);
        List(writer, "Notes", adapter.Notes);
    }

    private static string Options(AdapterModel adapter)
    {
        var options = new List<string>();
        if (MethodDocumentation.AllOptions(adapter.Method, adapter.Attribute.Options) is { Length: > 0 } described)
            options.Add(described);
        var kinds = adapter.Attribute.Kinds.Count == 0 ? "Linear" : string.Join(" and ", adapter.Attribute.Kinds);
        if (adapter.Attribute.Targets.Count > 0)
            options.Add($"targets {string.Join(", ", adapter.Attribute.Targets)}");
        else if (adapter.Method.HasSites)
            options.Add($"every {kinds}");
        if (adapter.Attribute is { Targets.Count: > 0, Kinds.Count: > 0 })
            options.Add($"of kind {kinds}");
        if (adapter.Attribute.Exclude.Count > 0)
            options.Add($"without {string.Join(", ", adapter.Attribute.Exclude)}");
        if (adapter.Attribute.Layers is { } layers)
            options.Add($"layers \"{layers}\"");
        return options.Count == 0 ? string.Empty : $": {string.Join(", ", options)}";
    }

    private static void List(IndentedWriter writer, string title, IReadOnlyCollection<string> entries)
    {
        if (entries.Count == 0)
            return;

        writer.Line($"// {title}:");
        foreach (var entry in entries)
            writer.Line(Code.Comment($"//   {entry}"));
    }
}
