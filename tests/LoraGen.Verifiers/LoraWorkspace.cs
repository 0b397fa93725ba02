using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;

namespace LoraGen.Verifiers;

/// <summary>What the tests share and Microsoft's packages would create for each: a workspace's services, and the generated files of a project.</summary>
internal static class LoraWorkspace
{
    private static readonly MefHostServices Host = MefHostServices.DefaultHost;

    // Microsoft's tests ask for the same state of a project several times.
    private static readonly ConditionalWeakTable<Compilation, Generated> ByCompilation = [];

    /// <summary>Whether the tests run in a later Roslyn than the one that LoraGen is built on.</summary>
    public static bool IsLaterRoslyn { get; } = typeof(Compilation).Assembly.GetName().Version!.Major > 4;

    public static Workspace Create() => new AdhocWorkspace(Host);

    /// <summary>Sets the options of every project of a solution; an additional project otherwise has default options.</summary>
    public static Solution WithOptions(Solution solution, CSharpCompilationOptions options)
    {
        foreach (var project in solution.Projects)
        {
            solution = solution
                .WithProjectParseOptions(project.Id, LoraProject.ParseOptions)
                .WithProjectCompilationOptions(project.Id, options.WithOutputKind(project.CompilationOptions!.OutputKind));
        }

        return solution;
    }

    /// <summary>A project with its generated files, and what the generator reports.</summary>
    public static async Task<(Compilation Compilation, ImmutableArray<Diagnostic> Diagnostics)> Generate(Project project, CancellationToken cancellationToken)
    {
        var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        var generated = ByCompilation.GetValue(compilation!, Generate);
        return (generated.Compilation, generated.Diagnostics);
    }

    private static Generated Generate(Compilation compilation) => new(GeneratedFiles.AddTo(compilation, out var diagnostics), diagnostics);

    private sealed record Generated(Compilation Compilation, ImmutableArray<Diagnostic> Diagnostics);
}
