using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Testing;

/// <summary>A project to run a generator on. Immutable: a test file keeps a common start and each test adds its own sources.</summary>
public sealed record GeneratorRun
{
    private GeneratorRun(Func<IIncrementalGenerator> create, StepRules steps)
    {
        Create = create;
        Steps = steps;
    }

    internal Func<IIncrementalGenerator> Create { get; }

    /// <summary>What the generator's steps may do.</summary>
    public StepRules Steps { get; }

    /// <summary>The user's files.</summary>
    public ImmutableArray<SourceFile> Sources { get; init; } = [];

    /// <summary>The MSBuild properties that the generator sees.</summary>
    public ImmutableSortedDictionary<string, string> Properties { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Types whose assemblies the project references.</summary>
    public ImmutableArray<Type> ReferencedTypes { get; init; } = [];

    /// <summary>Types whose assemblies the project references by an extern alias only.</summary>
    public ImmutableArray<(string Alias, Type Type)> AliasedTypes { get; init; } = [];

    /// <summary>Language versions at which the output must compile; the last one is that of the outcome, and of the user's files.</summary>
    public ImmutableArray<LanguageVersion> LanguageVersions { get; init; } = [LanguageVersion.CSharp11, LanguageVersion.Latest];

    /// <summary>The project's <c>InterceptorsNamespaces</c>.</summary>
    public string InterceptorsNamespaces { get; init; } = "LoraGen.Generated";

    /// <summary>Warnings that user-written files may cause, but generated files must not.</summary>
    public ImmutableSortedSet<string> AllowedInSources { get; init; } = [];

    /// <summary>Whether the driver records what its steps do, which costs time and which no compiler asks for.</summary>
    public bool TracksSteps { get; init; } = true;

    /// <summary>The checks that are made.</summary>
    public Checks Checks { get; init; } = Checks.All;

    /// <summary>Begins a run of a generator.</summary>
    public static GeneratorRun Of<TGenerator>(StepRules steps)
        where TGenerator : IIncrementalGenerator, new() => Of(static () => new TGenerator(), steps);

    /// <summary>Begins a run of a generator that is created for each driver.</summary>
    public static GeneratorRun Of(Func<IIncrementalGenerator> create, StepRules steps)
    {
        steps.Validate();
        return new GeneratorRun(create, steps);
    }

    /// <summary>Adds a file.</summary>
    public GeneratorRun Source(string path, string text) => this with { Sources = Sources.Add(new SourceFile(path, text)) };

    /// <summary>Adds the files of a text with <c>// file: Name.cs</c> lines.</summary>
    public GeneratorRun Files(string text) => this with { Sources = Sources.AddRange(SourceFiles.Split(text)) };

    /// <summary>Sets an MSBuild property.</summary>
    public GeneratorRun Property(string name, string value) => this with { Properties = Properties.SetItem(name, value) };

    /// <summary>References the assemblies that declare the given types.</summary>
    public GeneratorRun Referencing(params Type[] types) => this with { ReferencedTypes = ReferencedTypes.AddRange(types) };

    /// <summary>References the assembly that declares a type, by an extern alias only.</summary>
    public GeneratorRun ReferencingAs(string alias, Type type) => this with { AliasedTypes = AliasedTypes.Add((alias, type)) };

    /// <summary>Lets the user's files cause these warnings.</summary>
    public GeneratorRun Allowing(params string[] ids) => this with { AllowedInSources = AllowedInSources.Union(ids) };

    /// <summary>Leaves checks out, where a test makes its point with something that they would stop.</summary>
    public GeneratorRun Without(Checks checks) => this with { Checks = Checks & ~checks };

    /// <summary>Runs the generator on the project and makes the checks.</summary>
    public GeneratorOutcome Run()
    {
        var outcome = GeneratorOutcome.Cold(this);
        if (Checks.HasFlag(Checks.Text)) TextCheck.Verify(outcome);
        if (Checks.HasFlag(Checks.Compiles)) CompileCheck.Verify(outcome);
        if (Checks.HasFlag(Checks.ObjectGraph)) ObjectGraphCheck.Verify(outcome);
        if (Checks.HasFlag(Checks.Determinism)) DeterminismCheck.Verify(outcome);
        if (Checks.HasFlag(Checks.Caching)) CachingCheck.Verify(outcome);
        return outcome;
    }
}
