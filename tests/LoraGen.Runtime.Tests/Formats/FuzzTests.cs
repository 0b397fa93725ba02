using System.Text;
using LoraGen.Formats;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Whatever the bytes, there is a sound file or an <see cref="InvalidDataException"/>, soon and within bounds.</summary>
public sealed class FuzzTests
{
    private const int Files = 100_000;
    private const int FilesOnDisk = 10_000;
    private const int Indexes = 20_000;
    private const long MostAllocated = 1 << 20;

    private static readonly byte[][] Sound =
    [
        SafetensorsBytes.Of(
            """{"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b":{"dtype":"BOOL","shape":[],"data_offsets":[8,9]}}""",
            0, 0, 128, 63, 0, 0, 0, 0, 1),
        SafetensorsBytes.Of("""{"__metadata__":{"format":"pt"},"w":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}  """, 0, 63, 0, 64),
        SafetensorsBytes.Of("""{"x":{"dtype":"I64","shape":[0,7],"data_offsets":[0,0]},"y":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", 1, 2, 3),
        SafetensorsBytes.Of("{}"),
    ];

    private static readonly byte[][] SoundIndexes =
    [
        Encoding.UTF8.GetBytes("""{"metadata":{"total_size":12},"weight_map":{"a":"model-1-of-2.safetensors","b":"model-2-of-2.safetensors"}}"""),
        Encoding.UTF8.GetBytes("""{"weight_map":{}}"""),
    ];

    [Fact]
    public void Damaged_files()
    {
        var (accepted, refused) = Run(new Mutator(1, Sound), Files, MemoryBytes.FileName, bytes => ReadAll(new SafetensorsFile(new MemoryBytes(bytes))));

        // Both happen often, or the damage is not the right kind.
        Assert.InRange(accepted, Files / 50, Files / 2);
        Assert.Equal(Files, accepted + refused);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Damaged_files_on_disk(bool map)
    {
        using var folder = new TemporaryFolder();
        var path = folder["model.safetensors"];
        var (accepted, refused) = Run(new Mutator(3, Sound), FilesOnDisk, path, bytes =>
        {
            File.WriteAllBytes(path, bytes);
            ReadAll(SafetensorsFile.Open(path, map));
        });

        Assert.InRange(accepted, FilesOnDisk / 50, FilesOnDisk / 2);
        Assert.Equal(FilesOnDisk, accepted + refused);
    }

    [Fact]
    public void Damaged_indexes()
    {
        var (accepted, refused) = Run(new Mutator(2, SoundIndexes), Indexes, MemoryBytes.FileName, bytes =>
        {
            var map = SafetensorsIndex.Read(new MemoryBytes(bytes));
            Assert.All(map.Values, shard => Assert.Equal(shard, Path.GetFileName(shard)));
        });

        Assert.InRange(accepted, Indexes / 50, Indexes / 2);
        Assert.Equal(Indexes, accepted + refused);
    }

    private static void ReadAll(SafetensorsFile opened)
    {
        using var file = opened;
        foreach (var entry in file.Tensors)
        {
            using var tensor = file.Read(entry.Name);
            Assert.Equal(entry.ByteCount, tensor.numel() * tensor.ElementSize);
            if (entry.ByteCount > 0)
                tensor.sum().Dispose();
        }
    }

    private static (int Accepted, int Refused) Run(Mutator mutator, int times, string name, Action<byte[]> open)
    {
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < times; i++)
        {
            var bytes = mutator.Next();
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                open(bytes);
                accepted++;
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith(name + ": ", e.Message, StringComparison.Ordinal);
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"{i}, {Convert.ToHexString(bytes)}: {e}");
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        }

        return (accepted, refused);
    }
}
