using System.Globalization;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Tests.Files;

/// <summary>Rules as the files write them.</summary>
internal static class Texts
{
    public static string Title(this Rule rule) => rule.Descriptor.Title.ToString(CultureInfo.InvariantCulture);

    /// <summary>What LoraGen itself may do wrong (9xxx) no code is known to show.</summary>
    public static bool HasSample(this Rule rule) => !rule.Id.StartsWith("LORA9", StringComparison.Ordinal);

    /// <summary>As an .editorconfig writes it.</summary>
    public static string InConfig(this DiagnosticSeverity severity)
    {
        return severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            DiagnosticSeverity.Info => "suggestion",
            _ => "silent",
        };
    }
}
