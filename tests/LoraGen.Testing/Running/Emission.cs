using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Testing;

/// <summary>
/// An assembly written to memory. Emitting finds what <c>GetDiagnostics</c> does not, such as interceptors whose signature does not fit, but stops early.
/// </summary>
internal sealed record Emission(bool Success, byte[] Image, ImmutableArray<Diagnostic> Problems)
{
    public static Emission Of(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        using var documentation = new MemoryStream();
        var result = compilation.Emit(image, xmlDocumentationStream: documentation);
        var all = result.Success ? result.Diagnostics : result.Diagnostics.Union(compilation.GetDiagnostics());
        var problems = all.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed);
        return new Emission(result.Success, image.ToArray(), [.. problems]);
    }
}
