using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Tests.Culture;

/// <summary>The list of what the generator may not use says what it means: the analyzer passes over an entry that names nothing.</summary>
public sealed class BannedSymbolsTests
{
    [Fact]
    public void Every_entry_names_a_symbol()
    {
        var compilation = CSharpCompilation.Create("References", references: TestReferences.With([typeof(SemanticModel)]));
        using var file = new StreamReader(typeof(BannedSymbolsTests).Assembly.GetManifestResourceStream("BannedSymbols.txt")!);
        var entries = file.ReadToEnd().TrimEnd().Split('\n').Select(line => line.Split(';')[0]).ToArray();

        Assert.Contains("T:Microsoft.CodeAnalysis.IOperation", entries);
        Assert.All(entries, entry => Assert.NotNull(DocumentationCommentId.GetFirstSymbolForDeclarationId(entry, compilation)));
    }
}
