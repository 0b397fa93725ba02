using System.Text;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Against bytes that the writer under test did not write.</summary>
public sealed class HandWrittenFileTests : IDisposable
{
    // Types from wide to narrow, as the reference sorts them.
    private const string Header =
        """{"__metadata__":{"format":"pt"},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]}"""
        + ""","w":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[16,20]}"""
        + ""","e":{"dtype":"U8","shape":[0,3],"data_offsets":[20,20]}}""";

    private static readonly byte[] Data =
    [
        0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, // -2
        0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x20, 0xC0, // 1, -2.5
        0x80, 0x3F, 0x40, 0xC0, // 1, -3
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Is_read()
    {
        using var file = SafetensorsFile.Open(_folder.Write("a.safetensors", Sound()));

        Assert.Equal(["n I64 []", "w F32 [1, 2]", "b BF16 [2]", "e U8 [0, 3]"], file.Tensors.Select(tensor => tensor.ToString()));
        Assert.Equal([KeyValuePair.Create("format", "pt")], file.Metadata);
        Assert.Equal(-2, file.Read("n").item<long>());
        Assert.Equal([1f, -2.5f], file.Read("w").data<float>().ToArray());
        Assert.Equal([1f, -3f], file.Read("b", dtype: ScalarType.Float32).data<float>().ToArray());
        Assert.Equal([0, 3], file.Read("e").shape);
    }

    [Fact]
    public void Is_written_to_the_byte()
    {
        var path = _folder["a.safetensors"];
        var tensors = new Dictionary<string, Tensor>
        {
            ["b"] = tensor(new[] { 1f, -3f }).to(ScalarType.BFloat16),
            ["e"] = zeros([0, 3], dtype: ScalarType.Byte),
            ["w"] = tensor(new[] { 1f, -2.5f }, [1, 2]),
            ["n"] = tensor(-2L),
        };
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string> { ["format"] = "pt" });

        Assert.Equal(Encoding.Latin1.GetString(Sound()), Encoding.Latin1.GetString(File.ReadAllBytes(path)));
    }

    [Theory, InlineData("toy_lora/adapter/adapter_model.safetensors"), InlineData("toy_lora/base.safetensors"), InlineData("toy_lora/expected.safetensors")]
    public void Pythons_file_is_written_again_to_the_byte(string golden)
    {
        var original = Path.Combine(AppContext.BaseDirectory, "Goldens", golden);
        using var file = SafetensorsFile.Open(original);
        var metadata = file.Metadata.Count == 0 ? null : file.Metadata;
        SafetensorsWriter.Write(_folder["again"], file.Tensors.Reverse().Select(tensor => KeyValuePair.Create(tensor.Name, file.Read(tensor.Name))), metadata);

        Assert.Equal(File.ReadAllBytes(original), File.ReadAllBytes(_folder["again"]));
    }

    [Fact]
    public void Order_and_unknown_fields_of_the_header_are_free()
    {
        const string header =
            """{ "b": {"more":[{"x":null}],"data_offsets":[1,2],"shape":[1],"dtype":"I8"},"a":{"dtype":"BOOL","shape":[],"data_offsets":[0,1]}}    """;
        using var file = new SafetensorsFile(new MemoryBytes(SafetensorsBytes.Of(header, 1, 0xFF)));

        Assert.Equal(["a BOOL []", "b I8 [1]"], file.Tensors.Select(tensor => tensor.ToString()));
        Assert.True(file.Read("a").item<bool>());
        Assert.Equal(-1, file.Read("b").item<sbyte>());
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void Without_tensors_it_is_sound()
    {
        using var file = new SafetensorsFile(new MemoryBytes(SafetensorsBytes.Of("{}")));
        Assert.Empty(file.Tensors);
        Assert.Contains("It has no tensors", Assert.Throws<KeyNotFoundException>(() => file.Read("w")).Message);
    }

    private static byte[] Sound() => SafetensorsBytes.Of(Header.PadRight((Header.Length + 7) / 8 * 8), Data);
}
