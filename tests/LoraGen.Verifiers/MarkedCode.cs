using LoraGen.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace LoraGen.Verifiers;

/// <summary>Code with the marks of Microsoft's tests, for tests of ours that read it.</summary>
internal static class MarkedCode
{
    /// <summary>The files of a code, without marks.</summary>
    public static IReadOnlyList<SourceFile> Clean(string code) => [.. SourceFiles.Split(code).Select(file => new SourceFile(file.Path, CleanText(file.Text)))];

    /// <summary>The file with the <c>$$</c>, and the position in its text without marks.</summary>
    public static (SourceFile File, int Position) Position(string code)
    {
        return SourceFiles.Split(code).SelectMany(Positions).Single();

        static IEnumerable<(SourceFile File, int Position)> Positions(SourceFile file)
        {
            TestFileMarkupParser.GetPositionsAndSpans(file.Text, out _, out var positions, out _);
            return positions.Select(position => (file, position));
        }
    }

    private static string CleanText(string text)
    {
        TestFileMarkupParser.GetPositionsAndSpans(text, out var clean, out _, out _);
        return clean;
    }
}
