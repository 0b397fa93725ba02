using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The parameter for a user-defined method with its options; other methods get their options from the attribute.</summary>
internal static class OwnMethodWriter
{
    /// <summary>The parameter after others; empty for the other methods.</summary>
    public static string Parameter(AdapterModel adapter) => adapter.Method.IsOwn ? $", {adapter.Method.MethodType}? method = null" : string.Empty;

    /// <summary>Its documentation.</summary>
    public static void Documentation(IndentedWriter writer, AdapterModel adapter)
    {
        if (!adapter.Method.IsOwn)
            return;

        var fixedOptions = adapter.Attribute.Options.Count == 0
            ? string.Empty
            : $" Whatever it says, the attribute sets {Code.Doc(Code.Options(adapter.Attribute.Options).Replace("global::LoraGen.", string.Empty))}.";
        writer.Line($"/// <param name=\"method\">The method with its options; null for their defaults.{fixedOptions}</param>");
    }

    /// <summary>How the documentation refers to an option that may be out of its range.</summary>
    public static string AnOption(AdapterModel adapter) => $"An option of the {(adapter.Method.IsOwn ? "method" : "attribute")}";
}
