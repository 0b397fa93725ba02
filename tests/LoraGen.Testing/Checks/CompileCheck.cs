using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Testing;

/// <summary>The user's project with the generated files compiles, without a warning, at each language version of the run.</summary>
internal static class CompileCheck
{
    private const int Shown = 10;

    // "Feature is not available in C# 11": the user's files may be newer than the version that generated ones must do with.
    private const string NewerFeature = "CS9058";

    public static void Verify(GeneratorOutcome outcome)
    {
        var versions = outcome.Run.LanguageVersions;
        Verify(outcome, versions[^1]);
        foreach (var version in versions[..^1])
            Verify(GeneratorOutcome.Cold(outcome.Run, version), version);
    }

    public static void Verify(GeneratorOutcome outcome, LanguageVersion version)
    {
        var (generated, allowed) = (outcome.GeneratedTrees, outcome.Run.AllowedInSources);
        var problems = outcome.Emission.Problems.Where(problem => IsOurs(problem, generated, allowed)).ToList();
        if (problems.Count == 0) return;
        var number = version.MapSpecifiedToEffectiveVersion().ToDisplayString();
        var message = new StringBuilder($"The output, at C# {number}, must compile without errors and warnings, but has {problems.Count}:");
        foreach (var problem in problems.Take(Shown))
            message.Append('\n').Append(Describe(problem, generated));
        if (problems.Count > Shown) message.Append($"\n… and {problems.Count - Shown} more.");
        throw new HarnessException(message.ToString());
    }

    // Missing documentation (CS1591) is a fault of generated members only: test sources are no library.
    private static bool IsOurs(Diagnostic problem, ImmutableHashSet<SyntaxTree> generated, ImmutableSortedSet<string> allowed) =>
        (problem.Location.SourceTree is { } tree && generated.Contains(tree))
        || (problem.Severity == DiagnosticSeverity.Error && problem.Id != NewerFeature)
        || (problem.Severity != DiagnosticSeverity.Error && problem.Id != "CS1591" && !allowed.Contains(problem.Id));

    private static string Describe(Diagnostic problem, ImmutableHashSet<SyntaxTree> generated)
    {
        var head = $"{problem.Id}: {problem.GetMessage()}";
        if (problem.Location.SourceTree is not { } tree) return head;
        var line = problem.Location.GetLineSpan().StartLinePosition.Line;
        var kind = generated.Contains(tree) ? "generated" : "input";
        return $"{head}\n  {tree.FilePath}:{line + 1} ({kind}): {tree.GetText().Lines[line].ToString().Trim()}";
    }
}
