using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace LoraGen.Testing;

/// <summary>Sources with <c>[|spans|]</c>, <c>{|ID:named spans|}</c>, <c>$$</c> positions and <c>// file:</c> separators, taken apart.</summary>
public sealed record Markup(IReadOnlyList<SourceFile> Files, IReadOnlyList<MarkupSpan> Spans, IReadOnlyList<MarkupPosition> Positions)
{
    /// <summary>Reads marked sources. Spans come in the order in which they begin.</summary>
    public static Markup Parse(string text)
    {
        var files = new List<SourceFile>();
        var spans = new List<MarkupSpan>();
        var positions = new List<MarkupPosition>();
        foreach (var file in SourceFiles.Split(text))
            files.Add(new SourceFile(file.Path, Clean(file, spans, positions)));
        return new Markup(files, spans, positions);
    }

    private static string Clean(SourceFile file, List<MarkupSpan> spans, List<MarkupPosition> positions)
    {
        var source = file.Text;
        var clean = new StringBuilder(source.Length);
        var open = new Stack<(int Slot, string Close, int At)>();
        for (var at = 0; at < source.Length;)
        {
            var pair = at + 1 < source.Length ? source.Substring(at, 2) : "";
            if (pair == "$$")
            {
                positions.Add(new MarkupPosition(file.Path, clean.Length));
                at += 2;
            }
            else if (pair == "[|" || pair == "{|" && IdAt(source, at + 2) is not null)
            {
                var id = pair == "{|" ? IdAt(source, at + 2) : null;
                open.Push((spans.Count, pair == "{|" ? "|}" : "|]", at));
                spans.Add(new MarkupSpan(file.Path, id, new TextSpan(clean.Length, 0)));
                at += id is null ? 2 : 2 + id.Length + 1;
            }
            else if (pair is "|]" or "|}")
            {
                if (!open.TryPop(out var begun)) throw Broken(file, at, $"'{pair}' closes nothing");
                if (begun.Close != pair)
                    throw Broken(file, at, $"'{pair}' stands where '{begun.Close}' must close the span begun at line {Line(source, begun.At)}");
                var start = spans[begun.Slot].Span.Start;
                spans[begun.Slot] = spans[begun.Slot] with { Span = TextSpan.FromBounds(start, clean.Length) };
                at += 2;
            }
            else
            {
                clean.Append(source[at++]);
            }
        }

        return open.TryPop(out var left) ? throw Broken(file, left.At, $"the span is never closed by '{left.Close}'") : clean.ToString();
    }

    // "{|" is markup only before "ID:", so that a pattern such as { | } in a comment stays what it is.
    private static string? IdAt(string source, int at)
    {
        var end = at;
        while (end < source.Length && char.IsAsciiLetterOrDigit(source[end])) end++;
        return end > at && end < source.Length && source[end] == ':' ? source[at..end] : null;
    }

    private static int Line(string source, int at) => source.AsSpan(0, at).Count('\n') + 1;

    private static HarnessException Broken(SourceFile file, int at, string what) =>
        new($"Markup of '{file.Path}', line {Line(file.Text, at)}: {what}.");
}
