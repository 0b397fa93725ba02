using System.Text.RegularExpressions;
using LoraGen.Analyzers.Rules;
using LoraGen.Testing;

namespace LoraGen.Analyzers.Tests.Files;

/// <summary>The sample that breaks every rule: samples/Diagnostics, a file each.</summary>
public sealed partial class DiagnosticsSampleTests
{
    private const string Folder = "samples/Diagnostics";

    // No code is known that makes the generator fail.
    private static IEnumerable<Rule> Rules => AllRules.All.Where(rule => rule is not GeneratorFailed);

    [Fact]
    public void Each_rule_is_a_warning_there()
    {
        var lines = AllRules.All.Select(rule => $"dotnet_diagnostic.{rule.Id}.severity = warning\n");
        WrittenFile.Hold($"{Folder}/.editorconfig", $"# Made from the list of rules: everything is shown, and nothing fails the build.\n[*.cs]\n{string.Concat(lines)}");
    }

    [Fact]
    public void Each_file_shows_its_rule_and_no_other()
    {
        foreach (var rule in Rules)
            Begin(rule.Id);

        var folder = Path.Combine(WrittenFile.RepositoryRoot, Folder);
        var files = Directory.EnumerateFiles(folder, "LORA*").Select(path => new SourceFile(Path.GetFileName(path), File.ReadAllText(path))).ToArray();
        var project = AnalyzedProject.Of(files.OrderBy(file => file.Path, StringComparer.Ordinal));
        Assert.Empty(project.Errors);

        var found = project.Analyze([.. AllRules.All.Select(rule => rule.Id)])
            .Select(diagnostic => $"{Path.GetFileNameWithoutExtension(diagnostic.Location.SourceTree?.FilePath)} shows {diagnostic.Id}")
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(Rules.Select(rule => $"{rule.Id} shows {rule.Id}"), found);
    }

    // What a page's sample has beside code becomes files of the rule's name: model.json of LORA2001 becomes LORA2001.json.
    private static void Begin(string id)
    {
        foreach (var file in SourceFiles.Split(RulePage.Of(id).Bad))
        {
            var isCode = file.Path.EndsWith(".cs", StringComparison.Ordinal);
            WrittenFile.Begin($"{Folder}/{id}{Path.GetExtension(file.Path)}", isCode ? InNamespace(id, file.Text) : file.Text);
        }
    }

    private static string InNamespace(string id, string code)
    {
        var attributes = string.Concat(AssemblyAttributes().Matches(code).Select(match => match.Value.Replace("typeof(", $"typeof({id}.", StringComparison.Ordinal)));
        var rest = AssemblyAttributes().Replace(code, "").TrimStart('\n');
        return $"{attributes}{(attributes.Length > 0 ? "\n" : "")}namespace {id};\n\n{rest}";
    }

    [GeneratedRegex(@"^\[assembly: .*\]\n", RegexOptions.Multiline)]
    private static partial Regex AssemblyAttributes();
}
