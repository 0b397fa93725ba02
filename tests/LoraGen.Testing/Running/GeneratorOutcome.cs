using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Testing;

/// <summary>What a generator made of a project, together with the driver's state, so that edits go on from here.</summary>
public sealed class GeneratorOutcome
{
    private readonly GeneratorDriver driver;
    private readonly Lazy<Emission> emission;

    private GeneratorOutcome(GeneratorRun run, GeneratorDriver driver, CSharpCompilation input)
    {
        Run = run;
        Input = input;
        this.driver = driver.RunGeneratorsAndUpdateCompilation(input, out var output, out _);
        Output = (CSharpCompilation)output;
        var result = this.driver.GetRunResult().Results.Single();
        if (result.Exception is { } exception)
            throw new HarnessException($"{run.Create().GetType()} threw {exception.GetType().Name}: {exception.Message}\n{exception.StackTrace}", exception);
        if (!result.Diagnostics.IsEmpty)
            throw new HarnessException($"The generator reported diagnostics, which is an analyzer's work:\n{string.Join('\n', result.Diagnostics)}");
        GeneratedTrees = [.. result.GeneratedSources.Select(source => source.SyntaxTree)];
        Sources = result.GeneratedSources
            .ToImmutableSortedDictionary(source => source.HintName, source => source.SourceText.ToString(), StringComparer.Ordinal);
        Steps = new StepTable(result, run.Steps);
        emission = new Lazy<Emission>(() => Emission.Of(Output));
    }

    /// <summary>The run that this is the outcome of.</summary>
    public GeneratorRun Run { get; }

    /// <summary>The user's project alone.</summary>
    public CSharpCompilation Input { get; }

    /// <summary>The user's project with the generated files.</summary>
    public CSharpCompilation Output { get; }

    /// <summary>The generated texts by hint name, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, string> Sources { get; }

    /// <summary>What each step did in this run.</summary>
    public StepTable Steps { get; }

    internal ImmutableHashSet<SyntaxTree> GeneratedTrees { get; }

    internal Emission Emission => emission.Value;

    /// <summary>The text of one generated file.</summary>
    public string this[string hintName] => Sources.TryGetValue(hintName, out var text)
        ? text
        : throw new HarnessException($"No '{hintName}' was generated, but {(Sources.IsEmpty ? "nothing at all" : string.Join(", ", Sources.Keys))}.");

    /// <summary>Applies edits to the project and runs the same driver again.</summary>
    public GeneratorOutcome After(params Edit[] edits) =>
        new(Run, driver, edits.Aggregate(Input, static (project, edit) => edit.Apply(project)));

    /// <summary>Compiles the output and loads it.</summary>
    public LoadedCode Load() => LoadedCode.From(this);

    internal static GeneratorOutcome Cold(GeneratorRun run) => Cold(run, run.LanguageVersions[^1]);

    internal static GeneratorOutcome Cold(GeneratorRun run, LanguageVersion version) =>
        new(run, Projects.Driver(run, version), Projects.Compilation(run, version));

    internal GeneratorOutcome Cold() => new(Run, Projects.Driver(Run, Run.LanguageVersions[^1]), Input);
}
