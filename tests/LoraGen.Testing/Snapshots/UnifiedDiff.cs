using System.Text;

namespace LoraGen.Testing;

/// <summary>The difference of two texts in the form that <c>diff -u</c> gives.</summary>
public static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The hunks; empty for equal texts.</summary>
    public static string Of(string expected, string actual)
    {
        var lines = Script(expected.Split('\n'), actual.Split('\n'));
        var text = new StringBuilder();
        var (oldLine, newLine, shownTo) = (1, 1, 0);
        for (var i = 0; i < lines.Count; i++)
        {
            if (i >= shownTo && lines[i].Mark != ' ')
            {
                var from = Math.Max(shownTo, i - Context);
                shownTo = HunkEnd(lines, i);
                AppendHunk(text, lines[from..shownTo], oldLine - (i - from), newLine - (i - from));
            }

            if (lines[i].Mark != '+') oldLine++;
            if (lines[i].Mark != '-') newLine++;
        }

        return text.ToString();
    }

    // A hunk goes on while the next change is near enough for their contexts to touch.
    private static int HunkEnd(List<(char Mark, string Line)> lines, int firstChange)
    {
        var lastChange = firstChange;
        for (var i = firstChange; i < lines.Count && i - lastChange <= 2 * Context; i++)
            if (lines[i].Mark != ' ') lastChange = i;
        return Math.Min(lines.Count, lastChange + Context + 1);
    }

    private static void AppendHunk(StringBuilder text, List<(char Mark, string Line)> lines, int oldLine, int newLine)
    {
        text.Append($"@@ -{oldLine},{lines.Count(line => line.Mark != '+')} +{newLine},{lines.Count(line => line.Mark != '-')} @@\n");
        foreach (var (mark, line) in lines)
            text.Append(mark).Append(line).Append('\n');
    }

    // The longest common subsequence by dynamic programming over what is left after equal beginnings and ends.
    private static List<(char Mark, string Line)> Script(string[] before, string[] after)
    {
        var head = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var shorter = Math.Min(before.Length, after.Length) - head;
        var tail = before.Reverse().Zip(after.Reverse()).Take(shorter).TakeWhile(pair => pair.First == pair.Second).Count();
        var (rows, columns) = (before.Length - head - tail, after.Length - head - tail);
        var common = new int[rows + 1, columns + 1];
        for (var row = rows - 1; row >= 0; row--)
            for (var column = columns - 1; column >= 0; column--)
                common[row, column] = before[head + row] == after[head + column]
                    ? common[row + 1, column + 1] + 1
                    : Math.Max(common[row + 1, column], common[row, column + 1]);

        var lines = before.Take(head).Select(line => (' ', line)).ToList();
        for (var (row, column) = (0, 0); row < rows || column < columns;)
        {
            var same = row < rows && column < columns && before[head + row] == after[head + column];
            var removed = row < rows && (column == columns || common[row + 1, column] >= common[row, column + 1]);
            lines.Add(same ? (' ', before[head + row]) : removed ? ('-', before[head + row]) : ('+', after[head + column]));
            if (same || removed) row++;
            if (same || !removed) column++;
        }

        lines.AddRange(before.Skip(before.Length - tail).Select(line => (' ', line)));
        return lines;
    }
}
