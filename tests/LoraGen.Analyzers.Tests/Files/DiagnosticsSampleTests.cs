using System.Text.RegularExpressions;
using LoraGen.Testing;

namespace LoraGen.Analyzers.Tests.Files;

/// <summary>The sample that breaks every rule: samples/Diagnostics, a file each.</summary>
public sealed partial class DiagnosticsSampleTests
{
    private const string Folder = "samples/Diagnostics";

    [Fact]
    public void Each_rule_is_a_warning_there()
    {
        var lines = AllRules.All.Select(rule => $"dotnet_diagnostic.{rule.Id}.severity = warning\n");
        WrittenFile.Verify(
            $"{Folder}/.editorconfig",
            $"# Made from the list of rules: everything is shown, and nothing fails the build.\n[*.cs]\n{string.Concat(lines)}");
    }

    [Fact]
    public async Task Each_file_shows_its_rule_and_no_other()
    {
        var rules = AllRules.All.Where(rule => rule.HasSample()).ToArray();
        foreach (var rule in rules)
            Begin(rule.Id);

        var folder = Path.Combine(WrittenFile.RepositoryRoot, Folder);
        var files = Directory.EnumerateFiles(folder, "LORA*.cs")
            .Concat(Directory.EnumerateDirectories(folder, "LORA*").SelectMany(own => Directory.EnumerateFiles(own, "*", SearchOption.AllDirectories)))
            .Select(path => new SourceFile(Path.GetRelativePath(folder, path), File.ReadAllText(path)));
        var found = (await RuleTest.Find(AllRules.All, files.OrderBy(file => file.Path, StringComparer.Ordinal)))
            .Select(diagnostic => $"{Path.GetFileNameWithoutExtension(diagnostic.Location.SourceTree?.FilePath)} shows {diagnostic.Id}")
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(string.Join('\n', rules.Select(rule => $"{rule.Id} shows {rule.Id}")), string.Join('\n', found));
    }

    // What a page's sample has beside code goes into a folder of the rule's name.
    private static void Begin(string id)
    {
        foreach (var file in SourceFiles.Split(RulePage.Of(id).Bad))
        {
            if (file.Path.EndsWith(".cs", StringComparison.Ordinal))
                WrittenFile.Begin($"{Folder}/{id}.cs", InNamespace(id, file.Text));
            else
                WrittenFile.Begin($"{Folder}/{id}/{file.Path}", file.Text);
        }
    }

    private static string InNamespace(string id, string code)
    {
        var attributes = string.Concat(AssemblyAttributes().Matches(code).Select(match =>
            match.Value.Replace("typeof(", $"typeof({id}.", StringComparison.Ordinal)));
        var rest = AssemblyAttributes().Replace(code, "").TrimStart('\n');
        return $"{attributes}{(attributes.Length > 0 ? "\n" : "")}namespace {id};\n\n{rest}";
    }

    [GeneratedRegex(@"^\[assembly: .*\]\n", RegexOptions.Multiline)]
    private static partial Regex AssemblyAttributes();
}
