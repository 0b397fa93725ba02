using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>What can't be written leaves what was there.</summary>
public sealed class WriterErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _before;

    public WriterErrorTests()
    {
        Write(("old", tensor(1f)));
        _before = File.ReadAllBytes(Model);
    }

    private string Model => _folder["model.safetensors"];

    public void Dispose()
    {
        Assert.Equal(_before, File.ReadAllBytes(Model));
        Assert.Equal(["model.safetensors"], _folder.Names);
        _folder.Dispose();
    }

    [Fact]
    public void Name_twice() => ExpectRefused("Two tensors are named \"a\"", ("a", tensor(1f)), ("a", tensor(2f)));

    [Fact]
    public void Name_of_the_metadata() => ExpectRefused("No tensor can be named __metadata__", ("__metadata__", tensor(1f)));

    [Fact]
    public void Name_that_is_no_text() => ExpectRefused("has half a surrogate pair", ("a\ud800", tensor(1f)));

    [Fact]
    public void Type_that_the_format_has_not()
    {
        ExpectRefused("Tensor \"z\" is ComplexFloat32", ("a", tensor(1f)), ("z", zeros(2, dtype: ScalarType.ComplexFloat32)));
    }

    [Fact]
    public void Tensor_without_data() => ExpectRefused("on the meta device", ("a", zeros(2, device: device("meta"))));

    [Fact]
    public void Metadata_that_is_no_text()
    {
        var metadata = new Dictionary<string, string> { ["a"] = "\udc00" };
        Assert.Contains("half a surrogate", Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Model, [], metadata)).Message);
    }

    [Fact]
    public void Header_that_no_reader_takes()
    {
        var metadata = new Dictionary<string, string> { ["a"] = new string('x', 100_000_000) };
        Assert.Contains("readers take no more than 100000000", Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Model, [], metadata)).Message);
    }

    [Fact]
    public void Folder_that_is_not_there()
    {
        var wanted = Path.GetFullPath(_folder["none/model.safetensors"]);
        var error = Assert.Throws<DirectoryNotFoundException>(() => SafetensorsWriter.Write(wanted, []));
        Assert.Equal(
            $"\"{wanted}\" can't be written: the folder \"{Path.GetDirectoryName(wanted)}\" does not exist. Make it first (Directory.CreateDirectory), "
            + "or write elsewhere.",
            error.Message);
    }

    [Fact]
    public void Place_that_is_a_folder()
    {
        Directory.CreateDirectory(_folder["sub"]);
        var error = Assert.Throws<IOException>(() => SafetensorsWriter.Write(_folder["sub"], []));
        Assert.StartsWith($"\"{_folder["sub"]}\" can't be replaced and is unchanged: ", error.Message, StringComparison.Ordinal);
        Directory.Delete(_folder["sub"]);
    }

    [Fact]
    public void Failure_in_the_middle()
    {
        Assert.Throws<InvalidOperationException>(() => ReplacedFile.Prepare(Model, 100, file =>
        {
            RandomAccess.Write(file, new byte[50], 0);
            Assert.Equal(2, _folder.Names.Count());
            Assert.Equal(_before, File.ReadAllBytes(Model));
            throw new InvalidOperationException("The disk has gone.");
        }));
    }

    [Fact]
    public void Files_of_a_killed_process_do_not_interfere()
    {
        var left = _folder.Write("model.safetensors.0123.tmp", "half a file");
        Write(("old", tensor(1f)));
        File.Delete(left);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void File_may_be_replaced_while_it_is_read(bool map)
    {
        using var file = SafetensorsFile.Open(Model, map);
        Write(("new", tensor(2f)));
        Assert.Equal(1, file.Read("old").item<float>());
        using (var replaced = SafetensorsFile.Open(Model))
            Assert.Equal(2, replaced.Read("new").item<float>());
        Write(("old", tensor(1f)));
    }

    private void ExpectRefused(string message, params (string Name, Tensor Tensor)[] tensors)
    {
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Write(tensors)).Message);
    }

    private void Write(params (string Name, Tensor Tensor)[] tensors)
    {
        SafetensorsWriter.Write(Model, tensors.Select(entry => KeyValuePair.Create(entry.Name, entry.Tensor)));
    }
}
