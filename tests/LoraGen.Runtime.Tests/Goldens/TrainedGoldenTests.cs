using LoraGen.Runtime.Tests.Formats;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>What trains of the base model beside an adapter, against PEFT: modules_to_save and the trained biases.</summary>
public sealed class TrainedGoldenTests : IDisposable
{
    private const double OutputTolerance = 2e-5;
    private const double GradientShare = 1e-4;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cases => ["toy_lora_modules_to_save", "toy_lora_bias_lora_only"];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Cases))]
    public void Output_is_PEFTs(string name)
    {
        var golden = new GoldenCase(name);
        using var model = golden.Model();
        using var lora = AttachFrom(name, model, Complete(golden));

        Expect.Close(golden.Expected("output_active"), model.forward(golden.Input), OutputTolerance);
    }

    [Fact]
    public void Inactive_the_saved_module_is_the_original()
    {
        var golden = new GoldenCase("toy_lora_modules_to_save");
        using var model = golden.Model();
        using var lora = model.AttachSavedLoraFrom(golden.AdapterFolder, "default");
        lora.IsActive = false;

        Expect.Close(golden.Expected("output_disabled"), model.forward(golden.Input), OutputTolerance);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Merged_weights_are_PEFTs(string name)
    {
        var golden = new GoldenCase(name);
        using var model = golden.Model();
        using var lora = AttachFrom(name, model, Complete(golden));
        lora.Merge();

        var state = model.state_dict();
        foreach (var (weight, expected) in golden.Group("merged."))
            Expect.Close(expected, state[weight], OutputTolerance, weight);
        Expect.Close(golden.Expected("output_merged"), model.forward(golden.Input), OutputTolerance);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gradients_are_PEFTs(string name)
    {
        var golden = new GoldenCase(name);
        using var model = golden.Model();
        using var lora = AttachFrom(name, model, Complete(golden));

        var loss = model.forward(golden.Input).to(ScalarType.Float32).pow(2).mean();
        loss.backward();

        Assert.Equal(golden.Loss, loss.item<float>(), 1e-5);
        Assert.Equal(lora.TrainedParameters().Count, golden.Group("grad.").Count());
        Assert.All(lora.TrainedParameters(), parameter => Assert.NotNull(parameter.grad));
        foreach (var (key, expected) in golden.Group("grad."))
            Expect.CloseInShare(expected, GoldenCase.Parameter(lora, key).grad!, GradientShare, key);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Counts_are_PEFTs(string name)
    {
        var golden = new GoldenCase(name);
        using var model = golden.Model();
        using var lora = AttachFrom(name, model, Complete(golden));

        Assert.Equal(new ParameterCount(golden.Count("trainable"), golden.Count("total")), lora.ParameterCount);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Written_again_the_files_are_the_same(string name)
    {
        var golden = new GoldenCase(name);
        using var model = golden.Model();
        using var lora = AttachFrom(name, model, Complete(golden));
        using var again = new TemporaryFolder();
        lora.Save(again.Path);

        var theirs = PeftGoldenTests.Config(golden.AdapterFolder);
        var ours = PeftGoldenTests.Config(again.Path);
        foreach (var (key, value) in theirs)
            Assert.Equal(PeftGoldenTests.Meaning(key, value), PeftGoldenTests.Meaning(key, ours[key]));

        using var expected = SafetensorsFile.Open(Path.Combine(Complete(golden), "adapter_model.safetensors"));
        using var actual = SafetensorsFile.Open(again["adapter_model.safetensors"]);
        Assert.Equal(expected.Tensors.Select(tensor => tensor.Name), actual.Tensors.Select(tensor => tensor.Name));
        foreach (var tensor in expected.Tensors)
            Expect.SameBits(expected.Read(tensor.Name), actual.Read(tensor.Name), tensor.Name);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Detached_model_is_as_before(string name)
    {
        var golden = new GoldenCase(name);
        using var model = golden.Model();
        var before = ModelState.Of(model);
        using var lora = AttachFrom(name, model, Complete(golden));
        lora.Merge();
        Assert.NotEqual(before, ModelState.Of(model));

        lora.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void A_folder_in_which_PEFT_left_out_the_biases_is_refused()
    {
        var golden = new GoldenCase("toy_lora_bias_lora_only");
        using var model = golden.Model();
        var before = ModelState.Of(model);

        var fault = Assert.Throws<InvalidDataException>(() => model.AttachBiasedLoraFrom(golden.AdapterFolder, "default")).Message;
        Assert.Contains(
            "- tensor base_model.model.layers.1.attn.v_proj.base_layer.bias [48] is missing; PEFT omits the biases",
            fault,
            StringComparison.Ordinal);
        Assert.DoesNotContain("o_proj", fault, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(model));
    }

    private static Adapter AttachFrom(string name, Toy model, string folder)
    {
        return name == "toy_lora_modules_to_save" ? model.AttachSavedLoraFrom(folder, "default") : model.AttachBiasedLoraFrom(folder, "default");
    }

    // PEFT does not write the trained biases: they are added under the names that its own state_dict has.
    private string Complete(GoldenCase golden)
    {
        using (var theirs = SafetensorsFile.Open(Path.Combine(golden.AdapterFolder, "adapter_model.safetensors")))
        {
            SafetensorsWriter.Write(
                _folder["adapter_model.safetensors"],
                theirs.Tensors
                    .Select(tensor => KeyValuePair.Create(tensor.Name, theirs.Read(tensor.Name)))
                    .Concat(golden.Group("trained.").Select(trained => KeyValuePair.Create(trained.Name, trained.Tensor))),
                theirs.Metadata);
        }

        File.Copy(Path.Combine(golden.AdapterFolder, "adapter_config.json"), _folder["adapter_config.json"], overwrite: true);
        return _folder.Path;
    }
}
