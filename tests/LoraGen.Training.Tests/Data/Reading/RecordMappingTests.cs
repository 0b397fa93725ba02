using LoraGen.Training.Reading;

namespace LoraGen.Training.Tests.Data.Reading;

/// <summary>Records become objects, and what an object needs must be there.</summary>
public sealed class RecordMappingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fields_are_mapped_by_name_in_any_case()
    {
        var path = _folder.Write("a.csv", "text,LABEL,more\nhello,1,x\nworld,0,y\n");

        Assert.Equal([new Labelled("hello", 1, null), new Labelled("world", 0, null)], DataFiles.Read(path).To<Labelled>());
    }

    [Theory]
    [InlineData("{\"label\":1}", "Text")]
    [InlineData("{\"text\":null,\"label\":1}", "Text")]
    [InlineData("{\"text\":\"a\"}", "Label")]
    [InlineData("{\"text\":\"a\",\"label\":\"many\"}", "label")]
    [InlineData("{\"text\":{\"inner\":1},\"label\":1}", "text")]
    [InlineData("{\"text\":\"\\ud800\",\"label\":1}", "text")]
    public void A_missing_field_or_another_type_is_an_error(string json, string field)
    {
        var records = DataFiles.Read(_folder.Write("a.jsonl", $"{{\"text\":\"good\",\"label\":1}}\n{json}")).To<Labelled>();

        var error = Assert.Throws<DataFormatException>(() => records.ToList());

        Assert.Equal((2, field), (error.Location.Number, error.Field));
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_in_memory_become_records()
    {
        Labelled[] items = [new("a", 1, "n"), new("b", 2, null)];

        var records = DataRecords.FromMemory(items, "my list").ToList();

        Assert.Equal(items, records.To<Labelled>());
        Assert.Equal("\"my list\", record 2", records[1].Location.ToString());
        Assert.False(records[1].Has("Note"));
    }

    public sealed record Labelled(string Text, int Label, string? Note);
}
