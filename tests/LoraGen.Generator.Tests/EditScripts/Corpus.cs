using LoraGen.Testing;

namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>The models that are edited: files of the folder Corpus, as people write them.</summary>
internal static class Corpus
{
    private const string Prefix = "Corpus/";

    public static IReadOnlyList<SourceFile> Files { get; } = [.. TestProject.Project.Sources, .. Read()];

    public static GeneratorRun Project { get; } = TestProject.Empty with { Sources = [.. Files] };

    public static GeneratorRun WithoutInterceptors { get; } = Project with { InterceptorsNamespaces = string.Empty };

    private static IEnumerable<SourceFile> Read()
    {
        var assembly = typeof(Corpus).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new SourceFile(name[Prefix.Length..], reader.ReadToEnd());
        }
    }
}
