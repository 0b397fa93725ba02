using System.Buffers.Binary;
using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Mapped tensors are the file's bytes, and otherwise like any others: what happens to them never reaches the file.</summary>
public sealed class MappedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Model => _folder["model.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("toy_lora/base.safetensors", true), InlineData("toy_lora/base.safetensors", false)]
    [InlineData("toy_lora/expected.safetensors", true), InlineData("toy_lora/expected.safetensors", false)]
    public void Every_tensor_of_Pythons_file_is_its_bytes(string golden, bool map)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Goldens", golden);
        var bytes = File.ReadAllBytes(path);
        var start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, start - 8));
        using var file = SafetensorsFile.Open(path, map);
        foreach (var tensor in file.Tensors)
        {
            var offsets = header.RootElement.GetProperty(tensor.Name).GetProperty("data_offsets");
            var expected = bytes[(start + offsets[0].GetInt32())..(start + offsets[1].GetInt32())];
            var read = file.Read(tensor.Name);
            Assert.Equal(expected, read.bytes.ToArray());
            Assert.Equal(tensor.Shape, read.shape);
            Assert.True(read.is_contiguous() && read.is_leaf && !read.requires_grad);
        }
    }

    // F32 at 8 + 61 + 1, 8 + 62 + 1, …: at an odd place, between two elements, at an element.
    [Theory]
    [InlineData(0, true), InlineData(1, true), InlineData(2, true), InlineData(3, true), InlineData(0, false), InlineData(1, false)]
    public void Tensors_that_are_not_aligned_are_right_too(int padding, bool map)
    {
        const string header = """{"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"w":{"dtype":"F32","shape":[2],"data_offsets":[1,9]}}""";
        var path = _folder.Write("a.safetensors", SafetensorsBytes.Of(header + new string(' ', padding), 7, 0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0));
        using var file = SafetensorsFile.Open(path, map);
        Assert.Equal(7, file.Read("b").item<byte>());
        Assert.Equal([1f, -2.5f], file.Read("w").data<float>().ToArray());
        Assert.Equal([1f, -2.5f], file.Read("w", dtype: ScalarType.Float64).data<double>().ToArray().Select(value => (float)value));
    }

    [Fact]
    public void The_file_is_mapped_as_long_as_a_tensor_or_the_file_needs_it()
    {
        Write(("x", arange(1000, dtype: ScalarType.Float32)), ("y", ones(10)));
        ExpectMaps(0);
        var file = SafetensorsFile.Open(Model);
        var x = file.Read("x");
        var y = file.Read("y");
        ExpectMaps(1);
        file.Dispose();
        x.Dispose();
        ExpectMaps(1);
        y.Dispose();
        ExpectMaps(0);
    }

    [Fact]
    public void Without_a_map_there_is_none()
    {
        Write(("x", arange(1000, dtype: ScalarType.Float32)));
        using var file = SafetensorsFile.Open(Model, map: false);
        using var x = file.Read("x");
        ExpectMaps(0);
    }

    [Fact]
    public void What_is_written_to_a_tensor_reaches_neither_the_file_nor_another_tensor()
    {
        Write(("x", arange(1000, dtype: ScalarType.Float32)), ("y", ones(10)));
        var before = File.ReadAllBytes(Model);
        using var file = SafetensorsFile.Open(Model);
        var first = file.Read("x");
        var beside = file.Read("y");
        first.fill_(7);
        var again = file.Read("x");

        Assert.Equal(before, File.ReadAllBytes(Model));
        Assert.Equal(999, again[999].item<float>());
        Assert.Equal(10, beside.sum().item<float>());
        again.zero_();
        Assert.Equal(7000, first.sum().item<float>());
        Assert.Equal(10, beside.sum().item<float>());
    }

    [Fact]
    public void Autograd_takes_no_tensor_for_another()
    {
        Write(("x", ones(10)), ("y", ones(10)));
        using var file = SafetensorsFile.Open(Model);
        using var noGrad = no_grad();
        var (x, y) = (file.Read("x"), file.Read("y"));
        x.requires_grad = true;
        using var grad = enable_grad();
        var squares = x.mul(x).sum();

        // Writing to a tensor that a backward still needs is an error of torch; y is none that it needs.
        y.add_(new Parameter(ones(10)));
        squares.backward();
        Assert.Equal(20, x.grad!.sum().item<float>());
        Assert.True(y.requires_grad);
    }

    [Fact]
    public void Training_and_merging_into_mapped_weights_leave_the_file_as_it_is()
    {
        var golden = Path.Combine(AppContext.BaseDirectory, "Goldens", "toy_lora", "base.safetensors");
        File.Copy(golden, Model);
        using var file = SafetensorsFile.Open(Model);
        var mapped = file.Tensors.First(tensor => tensor.Shape.Count == 2);
        using var layer = nn.Linear(mapped.Shape[1], mapped.Shape[0], hasBias: false);
        layer.weight = new Parameter(file.Read(mapped.Name));
        using var model = new Wrapped(layer);
        var before = layer.weight.sum().item<float>();
        using (var optimizer = optim.SGD(layer.parameters(), 0.1))
        {
            layer.forward(ones(1, mapped.Shape[1])).sum().backward();
            optimizer.step();
        }

        using (var lora = Make.Trained(model.AttachLora()))
            lora.Merge();
        Assert.NotEqual(before, layer.weight.sum().item<float>());
        ExpectMaps(1);
        Assert.Equal(File.ReadAllBytes(golden), File.ReadAllBytes(Model));
    }

    [Fact]
    public void A_file_may_be_saved_over_while_its_tensors_are_mapped()
    {
        Write(("x", arange(1000, dtype: ScalarType.Float32)), ("y", ones(10)));
        using var file = SafetensorsFile.Open(Model);
        var (x, y) = (file.Read("x"), file.Read("y"));
        y.fill_(2);
        Write(("x", x), ("y", y));

        using var saved = SafetensorsFile.Open(Model);
        Assert.Equal(20, saved.Read("y").sum().item<float>());
        Expect.SameBits(arange(1000, dtype: ScalarType.Float32), saved.Read("x"));
        Expect.SameBits(arange(1000, dtype: ScalarType.Float32), x);

        // What is open is the old file still.
        Assert.Equal(10, file.Read("y").sum().item<float>());
    }

    [Fact]
    public void A_mapped_tensor_outlives_the_file_and_its_deletion()
    {
        Write(("x", arange(1000, dtype: ScalarType.Float32)));
        Tensor x;
        using (var file = SafetensorsFile.Open(Model))
            x = file.Read("x");
        File.Delete(Model);
        Expect.SameBits(arange(1000, dtype: ScalarType.Float32), x);
    }

    [Fact]
    public void A_name_of_any_letters_and_a_default_device_without_data_are_mapped_too()
    {
        Write(("x", ones(10)));
        File.Move(Model, _folder["é 漢字.safetensors"]);
        set_default_device(META);
        try
        {
            using var file = SafetensorsFile.Open(_folder["é 漢字.safetensors"]);
            Assert.Equal(10, file.Read("x").sum().item<float>());
        }
        finally
        {
            set_default_device(CPU);
        }
    }

    // Linux alone tells.
    private void ExpectMaps(int count)
    {
        if (OperatingSystem.IsLinux())
            Assert.Equal(count, File.ReadLines("/proc/self/maps").Count(line => line.Contains(_folder.Path, StringComparison.Ordinal)));
    }

    private void Write(params (string Name, Tensor Tensor)[] tensors)
    {
        SafetensorsWriter.Write(Model, tensors.Select(entry => KeyValuePair.Create(entry.Name, entry.Tensor)));
    }
}
