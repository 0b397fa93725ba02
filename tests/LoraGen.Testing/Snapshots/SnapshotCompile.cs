namespace LoraGen.Testing;

/// <summary>Compiles what a snapshot's files say, without running the generator.</summary>
internal static class SnapshotCompile
{
    public static void Verify(GeneratorRun common, string test, string input, IEnumerable<SourceFile> snapshots)
    {
        var run = SnapshotInput.Read(common, input);
        var stored = snapshots.ToList();
        foreach (var version in run.LanguageVersions)
        {
            var generated = stored.Select(file => Projects.Tree(run, version, file)).ToList();
            var project = Projects.Compilation(run, version).AddSyntaxTrees(generated);
            CompileCheck.Verify(Emission.Of(project), [.. generated], run.AllowedInSources, $"The stored snapshot '{test}'", version);
        }
    }
}
