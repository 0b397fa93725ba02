using LoraGen.Training.Reading;
using Parquet;
using Parquet.Serialization;

namespace LoraGen.Training.Tests.Data.Reading;

/// <summary>Parquet files, over several row groups, with lists of structures as chat data has them.</summary>
public sealed class ParquetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_of_all_groups_are_read_with_their_types()
    {
        var path = _folder["a.parquet"];
        var rows = Enumerable.Range(0, 7)
            .Select(row => new Row { Text = $"text {row}", Label = row, Score = row / 2.0, Good = row % 2 == 0, Note = row == 3 ? null : "n" }).ToArray();
        await ParquetSerializer.SerializeAsync(rows, path, new ParquetOptions { RowGroupSize = 3 });

        var records = DataFiles.Read(path).ToList();

        Assert.Equal(rows, records.To<Row>());
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], records.Select(record => record.Location.Number));
        Assert.False(records[3].Has("Note"));
        await using var reader = await ParquetReader.CreateAsync(path);
        Assert.Equal(3, reader.RowGroupCount);
    }

    [Fact]
    public async Task Lists_of_structures_become_arrays_of_objects()
    {
        var path = _folder["chat.parquet"];
        await ParquetSerializer.SerializeAsync(
            [new Chat { Messages = [new Message { Role = "user", Content = "Hello" }, new Message { Role = "assistant", Content = "Hi" }] }], path);

        var messages = DataFiles.Read(path).Single().Items("Messages");

        Assert.Equal([("user", "Hello"), ("assistant", "Hi")], messages.Select(message => (message.Text("Role"), message.Text("Content"))));
    }

    public sealed record Row
    {
        public required string Text { get; init; }

        public int Label { get; init; }

        public double Score { get; init; }

        public bool Good { get; init; }

        public string? Note { get; init; }

        public Row()
        {
        }
    }

    public sealed class Chat
    {
        public List<Message> Messages { get; set; } = [];
    }

    public sealed class Message
    {
        public string Role { get; set; } = string.Empty;

        public string Content { get; set; } = string.Empty;
    }
}
