namespace LoraGen.Benchmarks.Measuring;

/// <summary>Prints rows as Markdown, each as soon as it is there.</summary>
internal static class Table
{
    public static void Print(IEnumerable<Row> rows)
    {
        Console.WriteLine("| what | reference | measured | ratio | aim |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var row in rows)
            Console.WriteLine($"| {row.What} | {row.Reference} | {row.Measured} | {row.Relation} | {row.Aim} |");
    }
}
