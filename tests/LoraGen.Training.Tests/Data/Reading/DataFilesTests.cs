using LoraGen.Training.Reading;

namespace LoraGen.Training.Tests.Data.Reading;

/// <summary>Each format gives the same records for the same content, and a folder gives those of its files in a fixed order.</summary>
public sealed class DataFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.jsonl", "{\"q\":\"one\",\"a\":\"1\"}\n\n{\"q\":\"zwölf, \\\"12\\\"\",\"a\":\"2\\n3\"}\n")]
    [InlineData("a.ndjson", "{\"q\":\"one\",\"a\":\"1\"}\r\n{\"q\":\"zwölf, \\\"12\\\"\",\"a\":\"2\\n3\"}")]
    [InlineData("a.json", " [ {\"q\":\"one\",\"a\":\"1\"},\n {\"q\":\"zwölf, \\\"12\\\"\",\"a\":\"2\\n3\"} ]")]
    [InlineData("b.json", "{\"q\":\"one\",\"a\":\"1\"}\n{\"q\":\"zwölf, \\\"12\\\"\",\"a\":\"2\\n3\"}\n")]
    [InlineData("a.csv", "q,a\none,1\n\"zwölf, \"\"12\"\"\",\"2\n3\"\n")]
    [InlineData("bom.csv", "\uFEFFq,a\r\none,1\r\n\"zwölf, \"\"12\"\"\",\"2\n3\"")]
    [InlineData("a.tsv", "q\ta\none\t1\n\"zwölf, \"\"12\"\"\"\t\"2\n3\"\n")]
    public void Each_format_gives_the_same_records(string name, string content)
    {
        var records = DataFiles.Read(_folder.Write(name, content)).Select(record => (record.Text("q"), record.Text("a")));

        Assert.Equal([("one", "1"), ("zwölf, \"12\"", "2\n3")], records);
    }

    /// <summary>Fields with everything that CSV treats in its own way, written as RFC 4180 says.</summary>
    [Fact]
    public void Any_field_of_a_CSV_file_is_read_as_it_was()
    {
        var random = new SplitMix64(3);
        string[] parts = ["a", " ", "\"", ",", "\n", "\r\n", "ü", "😀", "'", ";", "\t", ""];
        var rows = Enumerable.Range(0, 500).Select(_ => Enumerable.Range(0, 3).Select(_ => Field()).ToArray()).ToList();
        var lines = rows.Select(row => string.Join(',', row.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
        var path = _folder.Write("a.csv", $"x,y,z\n{string.Join('\n', lines)}\n");

        var read = DataFiles.Read(path).ToList();

        Assert.Equal(rows, read.Select(record => new[] { record.Text("x"), record.Text("y"), record.Text("z") }));
        var line = 2L;
        foreach (var (row, record) in rows.Zip(read))
        {
            Assert.Equal(line, record.Location.Number);
            line += 1 + row.Sum(field => field.Count(character => character == '\n'));
        }

        string Field() => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => parts[random.Next(parts.Length)]));
    }

    [Theory]
    [InlineData(TextUnit.Line, new[] { "a", "b", "c" }, new long[] { 1, 2, 5 })]
    [InlineData(TextUnit.Paragraph, new[] { "a\nb", "c" }, new long[] { 1, 5 })]
    [InlineData(TextUnit.Document, new[] { "a\nb\n\n \nc" }, new long[] { 1 })]
    public void A_text_file_is_read_in_lines_paragraphs_or_as_a_whole(TextUnit unit, string[] texts, long[] lines)
    {
        var records = DataFiles.ReadText(_folder.Write("a.txt", "\uFEFFa\r\nb\n\n \nc"), unit).ToList();

        Assert.Equal(texts, records.Select(record => record.Text("text")));
        Assert.Equal(lines, records.Select(record => record.Location.Number));
    }

    [Fact]
    public void A_folder_gives_each_text_file_as_one_record_in_the_order_of_paths()
    {
        _folder.Write("b.txt", "second\nline");
        _folder.Write("a/z.txt", "first");
        _folder.Write("c.jsonl", "{\"text\":\"third\"}");
        _folder.Write("notes.md", "is no data");

        Assert.Equal(["first", "second\nline", "third"], DataFiles.Read(_folder.Path).Select(record => record.Text("text")));
    }

    [Fact]
    public void A_file_is_read_as_it_is_needed()
    {
        var path = _folder.Write("a.jsonl", string.Concat(Enumerable.Repeat("{\"n\":1}\n", 5)) + "broken");

        Assert.Equal(5, DataFiles.ReadJsonLines(path).Take(5).Sum(record => record.Integer("n")));
    }

    [Fact]
    public void Validating_first_gives_nothing_of_a_file_with_a_bad_record()
    {
        var path = _folder.Write("a.jsonl", "{\"n\":1}\n{\"n\":2}\nbroken");
        var used = new List<long>();

        Assert.Throws<DataFormatException>(() => used.AddRange(DataFiles.ReadJsonLines(path).ValidatedFirst().Select(record => record.Integer("n"))));
        Assert.Empty(used);

        File.WriteAllText(path, "{\"n\":1}\n{\"n\":2}");
        used.AddRange(DataFiles.ReadJsonLines(path).ValidatedFirst().Select(record => record.Integer("n")));
        Assert.Equal([1, 2], used);
    }

    /// <summary>The hash of "abc" is in FIPS 180-2, appendix B.1.</summary>
    [Fact]
    public void The_hash_is_SHA256_of_the_content_and_of_the_names_in_a_folder()
    {
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", DataFiles.Hash(_folder.Write("x/a.txt", "abc")));
        var folder = DataFiles.Hash(_folder["x"]);
        File.Move(_folder["x/a.txt"], _folder["x/b.txt"]);
        Assert.NotEqual(folder, DataFiles.Hash(_folder["x"]));
        File.Move(_folder["x/b.txt"], _folder["x/a.txt"]);
        Assert.Equal(folder, DataFiles.Hash(_folder["x"]));
    }

    [Fact]
    public void A_missing_file_is_an_error_before_reading()
    {
        Assert.Throws<FileNotFoundException>(() => { DataFiles.ReadCsv(_folder["none.csv"]); });
        Assert.Throws<FileNotFoundException>(() => { DataFiles.Read(_folder.Path); });
        Assert.Throws<NotSupportedException>(() => { DataFiles.Read(_folder.Write("a.xlsx", "")); });
    }
}
