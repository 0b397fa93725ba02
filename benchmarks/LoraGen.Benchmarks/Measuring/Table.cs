namespace LoraGen.Benchmarks.Measuring;

/// <summary>Prints lines of cells, the first of which is the head, as an aligned Markdown table.</summary>
internal static class Table
{
    public static void Print(IReadOnlyList<string[]> lines)
    {
        var widths = Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        Print(lines[0]);
        Print([.. widths.Select(width => new string('-', width))]);
        foreach (var line in lines.Skip(1))
            Print(line);

        void Print(string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells.Select((cell, column) => cell.PadRight(widths[column])))} |");
    }
}
