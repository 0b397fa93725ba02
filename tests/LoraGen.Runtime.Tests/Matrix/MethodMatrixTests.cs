namespace LoraGen.Runtime.Tests.Matrix;

/// <summary>
/// The matrix in docs/methods/README.md: each cell is what happens when it is tried. <c>LORAGEN_ACCEPT=1 dotnet test tests/LoraGen.Runtime.Tests</c> with the
/// filter <c>MethodMatrix</c> writes it.
/// </summary>
public sealed class MethodMatrixTests
{
    private const string Begin = "<!-- matrix -->";
    private const string End = "<!-- /matrix -->";

    public static TheoryData<string> Methods => [.. MethodRow.All.Select(row => row.Label)];

    [Theory, MemberData(nameof(Methods))]
    public void The_documentation_says_what_the_method_does(string method)
    {
        Assert.Contains(MethodMatrix.Line(MethodRow.All.Single(row => row.Label == method)), Documented(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_documentation_has_these_methods_in_this_order()
    {
        if (Environment.GetEnvironmentVariable("LORAGEN_ACCEPT") == "1")
            Write();

        var lines = Documented().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(MethodMatrix.Header, string.Join('\n', lines.Take(2)));
        Assert.Equal(MethodRow.All.Select(row => row.Label), lines.Skip(2).Select(line => line.Split('|')[1].Trim()));
    }

    private static string Documented()
    {
        var text = File.ReadAllText(Page());
        return text[(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..text.IndexOf(End, StringComparison.Ordinal)];
    }

    private static void Write()
    {
        var text = File.ReadAllText(Page());
        var matrix = $"\n\n{MethodMatrix.Header}\n{string.Join('\n', MethodRow.All.Select(MethodMatrix.Line))}\n\n";
        File.WriteAllText(
            Page(),
            text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + matrix + text[text.IndexOf(End, StringComparison.Ordinal)..]);
    }

    private static string Page()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LoraGen.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return Path.Combine(folder, "docs", "methods", "README.md");
    }
}
