using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>A way to write a model, proved by every check on the generated code, by running it, and by what the rules say of it: nothing.</summary>
internal static class Style
{
    /// <summary>The source's one adapter holds its promises on exactly these layers.</summary>
    public static GeneratorOutcome Adapts(string source, params string[] paths) => Adapts(TestProject.Project.Files(source), paths);

    public static GeneratorOutcome Adapts(GeneratorRun run, params string[] paths)
    {
        var outcome = run.Run();
        Holds(outcome, paths);
        Analysis.EnsureSilent(outcome);
        return outcome;
    }

    public static void Holds(GeneratorOutcome outcome, params string[] paths)
    {
        using var code = outcome.Load();
        Promises.Hold(LoadedModel.Only(code), paths);
    }
}
