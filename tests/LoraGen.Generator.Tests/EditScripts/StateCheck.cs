using LoraGen.Testing;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>What holds after each edit, whatever was typed.</summary>
internal static class StateCheck
{
    /// <summary>Every state might be compiled, but for the time.</summary>
    public const int CompiledEvery = 14;

    /// <summary>Every state might be analysed, but for the time.</summary>
    public const int AnalyzedEvery = 8;

    /// <summary>Fails where the warm driver's text is not a cold one's; tells whether the state was compiled too.</summary>
    public static bool Verify(GeneratorOutcome warm, bool compiles, bool analyzed)
    {
        if (TextDifference.Between(warm.Cold().Sources, warm.Sources) is { } difference)
            throw new HarnessException($"the incremental result is not the cold one (-): {difference}");
        if (warm.Sources.FirstOrDefault(file => file.Value.Contains("LoraGen failed (")) is { Key: { } failed })
            throw new HarnessException($"'{failed}' tells of an error of the generator's own:\n{warm.Sources[failed]}");
        if (analyzed)
            Analysis.EnsureNoneThrows(warm);
        return compiles && Compiles(warm);
    }

    private static bool Compiles(GeneratorOutcome warm)
    {
        if (warm.Emission.Problems.Any(problem => problem.Severity == DiagnosticSeverity.Error && !warm.GeneratedTrees.Contains(problem.Location.SourceTree!)))
            return false;

        foreach (var (hint, text) in warm.Sources)
        {
            if (TextCheck.Fault(text) is (_, var fault) && !text.Contains("// No "))
                throw new HarnessException($"'{hint}': {fault}:\n{text}");
        }

        if (warm.Emission.Problems.FirstOrDefault(problem => warm.GeneratedTrees.Contains(problem.Location.SourceTree!)) is { } own)
            throw new HarnessException($"the project compiles, but not what was generated: {own}\n{own.Location.SourceTree}");
        return true;
    }
}
