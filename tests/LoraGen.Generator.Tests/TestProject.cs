using LoraGen.Testing;
using TorchSharp;

namespace LoraGen.Generator.Tests;

/// <summary>What the tests of the generator begin with: projects that reference LoraGen and TorchSharp.</summary>
internal static class TestProject
{
    public static StepRules Rules { get; } = new(typeof(StepNames))
    {
        ModifiedOnEdit = [StepNames.Declarations],
        PositionDependent = [StepNames.Calls, StepNames.Interceptors],
        HoldSyntax = [StepNames.Declarations],
    };

    public static SnapshotStore Snapshots { get; } = SnapshotStore.Of(typeof(TestProject).Assembly);

    /// <summary>A project without files.</summary>
    public static GeneratorRun Empty { get; } = GeneratorRun.Of<LoraGenerator>(Rules).Referencing(typeof(LoraAttribute), typeof(torch));

    /// <summary>A project whose files need no usings of their own.</summary>
    public static GeneratorRun Project { get; } = Empty.Source("Usings.cs", LoraProject.Usings);

    /// <summary>A project that does not let its calls be intercepted.</summary>
    public static GeneratorRun WithoutInterceptors { get; } = Project with { InterceptorsNamespaces = string.Empty };

    public static GeneratorOutcome Generate(string source) => Project.Files(source).Run();
}
