using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Adapter folders that are damaged, hostile or incomplete: each error names the file and the key, and nothing is changed.</summary>
public sealed class PeftUntrustedTests : IDisposable
{
    private const string Config = "adapter_config.json";
    private const string Tensors = "adapter_model.safetensors";
    private const string Name = "base_model.model.layers.0.attn.q_proj.lora_A.weight";

    private readonly TemporaryFolder _folder = new();
    private readonly Toy _model = Make.Model(() => new Toy());

    public PeftUntrustedTests()
    {
        using var lora = Make.Trained(_model.AttachLora());
        lora.Save(_folder.Path);
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("{\"r\": 8, \"r\": 2}", "the key \"r\" exists twice. Remove one of them")]
    [InlineData("{\"r\": 8, \"\\u0072\": 2}", "the key \"r\" exists twice")]
    [InlineData("{\"rank_pattern\": {\"q\": 1, \"q\": 2}}", "the key \"q\" exists twice in \"rank_pattern\"")]
    [InlineData("{\"task_type\": \"\\ud800\"}", "a text in it is not Unicode")]
    [InlineData("{\"\\udc00\": 1}", "a text in it is not Unicode")]
    [InlineData("{\"r\": NaN}", "not JSON")]
    [InlineData("", "it is empty, or a pipe or a device")]
    [InlineData("null", "expected a JSON object")]
    [InlineData("{\"peft_type\": \"LORA\", \"lora_alpha\": 1e999}", "lora_alpha is 1e999, expected a number")]
    [InlineData("{\"peft_type\": \"LORA\", \"layers_to_transform\": [\"0\"]}", "layers_to_transform is \"0\", expected a number")]
    [InlineData("{\"peft_type\": \"LORA\", \"layers_to_transform\": [0.5]}", "layers_to_transform is 0.5, expected whole numbers")]
    [InlineData("{\"peft_type\": \"LORA\", \"modules_to_save\": [1]}", "modules_to_save is [1], expected a list of names")]
    [InlineData("{\"peft_type\": \"LORA\", \"rank_pattern\": {\"(\": 1}}", "rank_pattern[\"(\"]: \"(.*\\.)?(()$\" is not a regular expression")]
    public void A_broken_config_names_file_and_key(string text, string expected)
    {
        _folder.Write(Config, text);
        var message = Refused<InvalidDataException>().Message;
        Assert.Contains(Config, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_nesting_without_end()
    {
        _folder.Write(Config, [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        Assert.Contains($"{_folder[Config]}: not JSON: it is not valid UTF-8", Refused<InvalidDataException>().Message, StringComparison.Ordinal);

        _folder.Write(Config, "{\"a\":" + new string('[', 100_000));
        Assert.Contains($"{_folder[Config]}: not JSON", Refused<InvalidDataException>().Message, StringComparison.Ordinal);
    }

    // Each step of the group has two ways to match, and none leads to the end.
    [Theory]
    [InlineData("target_modules", "((l|l)(a|a)(y|y)(e|e)(r|r)(s|s)|(.|.))*(?=X)X")]
    [InlineData("exclude_modules", "(?:(?=.)(.|.|.|.))*X")]
    public void An_expression_that_takes_for_ever_is_ended(string key, string expression)
    {
        Change(config => config[key] = expression);
        Assert.Contains(
            $"{_folder[Config]}: {key}: the regular expression takes more than 2 seconds",
            Refused<InvalidDataException>().Message,
            StringComparison.Ordinal);
    }

    // Without lookarounds and references the time is linear: (.|.)* would otherwise be exponential too.
    [Fact]
    public void An_expression_without_lookarounds_never_takes_long()
    {
        Change(config => config["exclude_modules"] = "((.|.)*)*X");
        _model.AttachLoraFrom(_folder.Path).Dispose();
    }

    [Theory, InlineData(Config), InlineData(Tensors)]
    public void A_folder_in_the_place_of_a_file(string file)
    {
        File.Delete(_folder[file]);
        Directory.CreateDirectory(_folder[file]);
        Assert.Contains($"\"{_folder[file]}\" is a folder, expected a file", Refused<InvalidDataException>().Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(Config), InlineData(Tensors)]
    public void Pipes_and_devices_are_not_opened(string file)
    {
        File.Delete(_folder[file]);
        if (OperatingSystem.IsWindows())
            File.WriteAllBytes(_folder[file], []);
        else
            Assert.Equal(0, MakePipe(_folder[file], 0b110_000_000));
        Assert.Contains(file, Refused<InvalidDataException>().Message, StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
            return;

        File.Delete(_folder[file]);
        File.CreateSymbolicLink(_folder[file], "/dev/zero");
        Assert.Contains(file, Refused<InvalidDataException>().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_config_of_an_absurd_size_is_not_read()
    {
        using (var file = new FileStream(_folder[Config], FileMode.Open))
            file.SetLength(5L << 30);
        Assert.Contains(
            $"{_folder[Config]}: it has 5368709120 bytes, and the most for a config is 67108864",
            Refused<InvalidDataException>().Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_only_pickled()
    {
        File.Move(_folder[Tensors], _folder["adapter_model.bin"]);
        var missing = Refused<FileNotFoundException>();
        Assert.Equal(_folder[Tensors], missing.FileName);
        Assert.Contains("has its weights only in adapter_model.bin, a pickle", missing.Message, StringComparison.Ordinal);
        Assert.Contains(
            "save_file(torch.load(\"adapter_model.bin\", map_location=\"cpu\", weights_only=True), \"adapter_model.safetensors\"",
            missing.Message,
            StringComparison.Ordinal);

        File.Delete(_folder["adapter_model.bin"]);
        Assert.Contains("but no adapter_model.safetensors. Copy or download that file too", Refused<FileNotFoundException>().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adapters_that_are_in_subfolders_are_named()
    {
        foreach (var name in new[] { "style", "tone" })
        {
            Directory.CreateDirectory(_folder[name]);
            File.Copy(_folder[Config], Path.Combine(_folder[name], Config));
            File.Copy(_folder[Tensors], Path.Combine(_folder[name], Tensors));
        }

        Assert.Contains(
            $"\"{_folder.Path}\" itself has an adapter: to read it, attach it as name: \"default\"",
            Refused<DirectoryNotFoundException>(name: "other").Message,
            StringComparison.Ordinal);
        File.Delete(_folder[Config]);
        Directory.CreateDirectory(_folder["logs"]);
        var message = Refused<FileNotFoundException>().Message;
        Assert.Contains("It has adapters in subfolders: style, tone, as PEFT saves", message, StringComparison.Ordinal);
        Assert.Contains(
            $"such as \"{_folder["style"]}\", and attach it as name: \"default\", or name: \"style\" with this folder",
            message,
            StringComparison.Ordinal);
        Assert.Contains(
            "has the adapters style, tone: attach it under one of these",
            Refused<DirectoryNotFoundException>(name: "other").Message,
            StringComparison.Ordinal);

        _model.AttachLoraFrom(_folder["style"]).Dispose();
        _model.AttachLoraFrom(_folder.Path, name: "tone").Dispose();
    }

    [Fact]
    public void A_file_or_nothing_in_the_place_of_the_folder()
    {
        var before = ModelState.Of(_model);
        var file = Assert.Throws<InvalidDataException>(() => _model.AttachLoraFrom(_folder[Config]));
        Assert.Contains($"\"{_folder[Config]}\" is a file, expected the folder", file.Message, StringComparison.Ordinal);
        var nothing = Assert.Throws<DirectoryNotFoundException>(() => _model.AttachLoraFrom(_folder["nothing"]));
        Assert.Contains($"There is no folder \"{_folder["nothing"]}\"", nothing.Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(_model));
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity), InlineData(float.NegativeInfinity)]
    public void Weights_that_are_not_finite_are_loaded_only_if_that_is_asked_for(float value)
    {
        Spoil(value, ScalarType.Float32);
        Assert.Contains(
            $"- tensor {Name} has 2 of 256 elements that are NaN or infinite in Float32",
            Refused<InvalidDataException>().Message,
            StringComparison.Ordinal);

        using var lora = _model.AttachLora();
        lora.Load(_folder.Path, allowNonFinite: true);
        Assert.Equal(2, lora.Parameters()[0].isfinite().logical_not().sum().item<long>());
    }

    [Fact]
    public void What_overflows_in_the_type_of_the_adapter_is_not_finite()
    {
        Spoil(1e6f, ScalarType.Float32);
        _model.AttachLoraFrom(_folder.Path).Dispose();
        var error = Assert.Throws<InvalidDataException>(() => _model.AttachLoraFrom(_folder.Path, dtype: ScalarType.Float16));
        Assert.Contains($"- tensor {Name} has 2 of 256 elements that are NaN or infinite in Float16", error.Message, StringComparison.Ordinal);
    }

    private void Spoil(float value, ScalarType dtype)
    {
        Dictionary<string, Tensor> tensors;
        using (var file = SafetensorsFile.Open(_folder[Tensors], map: false))
            tensors = file.Tensors.ToDictionary(tensor => tensor.Name, tensor => file.Read(tensor.Name, dtype: dtype));
        tensors[Name][1, 2] = value;
        tensors[Name][7, 31] = value;
        SafetensorsWriter.Write(_folder[Tensors], tensors);
    }

    private TFault Refused<TFault>(string name = "default")
        where TFault : Exception
    {
        var before = ModelState.Of(_model);
        var fault = Assert.Throws<TFault>(() => _model.AttachLoraFrom(_folder.Path, name: name));
        Assert.Equal(before, ModelState.Of(_model));
        return fault;
    }

    private void Change(Action<JsonObject> change)
    {
        var config = (JsonObject)JsonNode.Parse(File.ReadAllText(_folder[Config]))!;
        change(config);
        File.WriteAllText(_folder[Config], config.ToJsonString(), new UTF8Encoding(false));
    }

    [DllImport("libc", EntryPoint = "mkfifo")]
    private static extern int MakePipe([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
