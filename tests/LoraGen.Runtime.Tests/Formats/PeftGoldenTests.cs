using System.Text.Json.Nodes;
using LoraGen.Runtime.Tests.Goldens;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Folders that PEFT wrote: what is read from them, and what they are when written again.</summary>
public sealed class PeftGoldenTests
{
    public static TheoryData<string> Cases => GoldenTests.Cases;

    [Theory, MemberData(nameof(Cases))]
    public void Written_again_the_tensors_are_the_same(string name)
    {
        using var folder = new TemporaryFolder();
        Rewrite(name, folder);

        using var theirs = SafetensorsFile.Open(Path.Combine(Folder(name), "adapter_model.safetensors"));
        using var ours = SafetensorsFile.Open(folder["adapter_model.safetensors"]);
        var names = theirs.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(names, ours.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        foreach (var key in names)
            Expect.SameBits(theirs.Read(key), ours.Read(key), key);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Written_again_the_config_means_the_same(string name)
    {
        using var folder = new TemporaryFolder();
        Rewrite(name, folder);

        var theirs = Config(Folder(name));
        var ours = Config(folder.Path);
        foreach (var (key, value) in theirs)
            Assert.Equal(Meaning(key, value), Meaning(key, ours[key]));
        Assert.Equal(theirs.Count, ours.Count);
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_loaded_adapter_computes_what_PEFT_did(string name)
    {
        var golden = new GoldenCase(name);
        using var model = GoldenTests.Model(name, golden);
        using var lora = GoldenTests.AttachFrom(name, model, Folder(name));

        Assert.All(lora.TrainedParameters(), parameter => Assert.True(parameter.requires_grad));
        Expect.Close(golden.Expected("output_active"), model.forward(golden.Input), 2e-5);
    }

    [Fact]
    public void One_for_inference_computes_the_same_and_requires_no_gradient()
    {
        var golden = new GoldenCase("toy_lora");
        using var model = golden.Model();
        using var lora = model.AttachLoraForInference(Folder("toy_lora"));

        var output = model.forward(golden.Input);
        Expect.Close(golden.Expected("output_active"), output, 2e-5);
        Assert.False(output.requires_grad);

        lora.Merge();
        Expect.Close(golden.Expected("output_merged"), model.forward(golden.Input), 2e-5);
    }

    [Fact]
    public void An_adapter_with_another_name_has_its_own_folder()
    {
        using var folder = new TemporaryFolder();
        var golden = new GoldenCase("toy_multi_adapter");
        using var model = golden.Model();
        using var main = model.AttachLoraFrom(Folder("toy_multi_adapter"));
        using var other = model.AttachOtherLoraFrom(Folder("toy_multi_adapter"));
        Expect.Close(golden.Expected("output_both"), model.forward(golden.Input), 2e-5);

        main.Save(folder.Path);
        other.Save(folder.Path);
        Assert.True(File.Exists(folder["adapter_config.json"]));
        Assert.True(File.Exists(Path.Combine(folder["other"], "adapter_model.safetensors")));
    }

    private static void Rewrite(string name, TemporaryFolder folder)
    {
        var golden = new GoldenCase(name);
        using var model = GoldenTests.Model(name, golden);
        using var lora = GoldenTests.AttachFrom(name, model, Folder(name));

        // The goldens' adapters are all called default in PEFT.
        lora.Save(folder.Path);
    }

    private static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "Goldens", name, "adapter");

    internal static JsonObject Config(string folder) => (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "adapter_config.json")))!;

    // PEFT writes its targets in any order.
    internal static string? Meaning(string key, JsonNode? value)
    {
        return key is "target_modules" or "feedforward_modules"
            ? string.Join(' ', ((JsonArray)value!).Select(name => name!.ToString()).Order(StringComparer.Ordinal))
            : Plain(value);
    }

    private static string? Plain(JsonNode? value)
    {
        return value is JsonValue number && number.GetValueKind() == System.Text.Json.JsonValueKind.Number
            ? number.GetValue<double>().ToString(System.Globalization.CultureInfo.InvariantCulture)
            : value?.ToJsonString();
    }
}
