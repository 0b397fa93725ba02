using System.Text.Json;
using System.Text.Json.Serialization;
using Parquet;
using Parquet.Serialization;

namespace LoraGen.Training.Reading;

/// <summary>Reads Parquet files, one row group at a time.</summary>
internal static class ParquetTable
{
    private static readonly JsonSerializerOptions Options = new(ReflectedJson.Options) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static IEnumerable<DataRecord> Read(string path)
    {
        using var stream = File.OpenRead(path);
        var groups = Wait(path, async () =>
        {
            await using var reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true).ConfigureAwait(false);
            return reader.RowGroupCount;
        });
        var row = 0L;
        for (var group = 0; group < groups; group++)
        {
            var index = group;
            var rows = Wait(path, () => ParquetSerializer.DeserializeUntypedAsync(stream, rowGroupIndex: index));
            foreach (var fields in rows.Data)
                yield return new DataRecord(new DataLocation(path, "row", ++row), JsonSerializer.SerializeToElement(fields, Options));
        }
    }

    // The library is asynchronous only. On the thread pool, no synchronization context can wait for itself.
    private static TResult Wait<TResult>(string path, Func<Task<TResult>> read)
    {
        try
        {
            return Task.Run(read).GetAwaiter().GetResult();
        }
        catch (Exception broken) when (broken is not (OperationCanceledException or OutOfMemoryException))
        {
            throw new DataFormatException(
                new DataLocation(path, "row", 0), null, "a Parquet file", $"what Parquet.Net can't read: {broken.Message}",
                "Write the file again; nested types other than lists and structures of simple values may have to be flattened.", broken);
        }
    }
}
