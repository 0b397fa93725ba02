using LoraGen.Training.Reading;

namespace LoraGen.Training.Tests.Data.Reading;

/// <summary>An error of the data names the file, the line, the field, what was expected and what is there.</summary>
public sealed class DataErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.jsonl", "{\"t\":\"a\"}\n\n{\"t\":}\n", 3, "a JSON object on one line")]
    [InlineData("a.jsonl", "{\"t\":\"a\"}\n[1]\n", 2, "an object with fields")]
    [InlineData("a.json", "[{\"t\":\"a\"},\n{\"t\":}]\n", 2, "an array of JSON objects")]
    [InlineData("a.json", "[{\"t\":\"a\"},\n", 2, "an array of JSON objects")]
    [InlineData("a.csv", "t,u\na,b\n\"c\nd\",e\nf\n", 5, "a row of CSV")]
    [InlineData("a.csv", "t,u\na,b\nc,d\"e\n", 3, "a row of CSV")]
    [InlineData("a.csv", "t,u\na,b\n\"c,d\n", 3, "a row of CSV")]
    [InlineData("a.csv", "", 1, "a row with the names of the fields")]
    [InlineData("a.csv", "t,\na,b\n", 1, "a name for each field in the first row")]
    [InlineData("a.csv", "t,t\na,b\n", 1, "unique names")]
    [InlineData("a.parquet", "PAR1 is not enough", 0, "a Parquet file")]
    public void A_broken_file_is_one_error_with_its_line(string name, string content, long line, string expected)
    {
        var path = _folder.Write(name, content);

        var error = Assert.Throws<DataFormatException>(() => DataFiles.Read(path).ToList());

        Assert.Equal((path, line, expected), (error.Location.Source, error.Location.Number, error.Expected));
        Assert.Contains(error.Solution, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("a.jsonl")]
    [InlineData("a.csv")]
    public void Bytes_that_are_not_UTF8_are_an_error_with_their_line(string name)
    {
        var path = _folder.Write(name, [.. "first\nsecond\n"u8, (byte)'\"', 0xE4, (byte)'\"', (byte)'\n']);

        var error = Assert.Throws<DataFormatException>(() => (name == "a.jsonl" ? DataFiles.ReadText(path) : DataFiles.Read(path)).ToList());

        Assert.Equal((3, "text in UTF-8", "the bytes 0xE4"), (error.Location.Number, error.Expected, error.Actual));
    }

    [Fact]
    public void A_field_is_named_with_its_path()
    {
        var path = _folder.Write("a.jsonl", "{\"turns\":[{\"from\":\"human\"},{\"from\":5}]}");
        var record = DataFiles.Read(path).Single();

        var wrong = Assert.Throws<DataFormatException>(() => record.Items("turns")[1].Text("from"));
        Assert.Equal($"\"{path}\", line 1, field \"turns[1].from\": expected a text, found 5. Correct the record or remove it.", wrong.Message);

        var half = DataFiles.Read(_folder.Write("b.jsonl", "{\"t\":\"\\ud800\"}")).Single();
        Assert.Equal("a text of valid Unicode", Assert.Throws<DataFormatException>(() => half.Text("t")).Expected);

        var missing = Assert.Throws<DataFormatException>(() => record.Text("prompt"));
        Assert.Equal(("prompt", "no such field (there are turns)"), (missing.Field, missing.Actual));
    }

    [Theory]
    [InlineData("{\"n\":12,\"x\":1.5,\"f\":true}")]
    [InlineData("{\"n\":\"12\",\"x\":\"1.5\",\"f\":\"True\"}")]
    public void Numbers_and_flags_may_be_texts_as_in_CSV(string json)
    {
        var record = DataFiles.Read(_folder.Write("a.jsonl", json)).Single();

        Assert.Equal((12, 1.5, true), (record.Integer("n"), record.Number("x"), record.Flag("f")));
    }

    [Theory]
    [InlineData("{\"n\":1.5}")]
    [InlineData("{\"n\":\"1,000\"}")]
    [InlineData("{\"n\":null}")]
    [InlineData("{\"n\":[1]}")]
    public void What_is_no_whole_number_is_refused(string json)
    {
        var record = DataFiles.Read(_folder.Write("a.jsonl", json)).Single();

        Assert.Equal("a whole number", Assert.Throws<DataFormatException>(() => record.Integer("n")).Expected);
    }
}
