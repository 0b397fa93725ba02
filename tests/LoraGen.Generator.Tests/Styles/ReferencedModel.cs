using System.Reflection;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>A library with models, compiled to a file and loaded, so that a test project can reference it.</summary>
internal static class ReferencedModel
{
    /// <summary>The library's type of that name.</summary>
    public static Type Compile(GeneratorRun library, string type)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("loragen-library-").FullName, type + "Library.dll");
        var compilation = library.Without(Checks.All).Run().Output.WithAssemblyName(type + "Library");
        var result = compilation.Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return Assembly.LoadFrom(path).GetType(type, throwOnError: true)!;
    }
}
