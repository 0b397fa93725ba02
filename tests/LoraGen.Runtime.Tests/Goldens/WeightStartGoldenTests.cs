using LoraGen.Runtime.Tests.Formats;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>The methods that start from the weight against PEFT, whose base weights are changed and whose vectors may have other signs.</summary>
public abstract class WeightStartGoldenTests(string init)
{
    private readonly GoldenCase _golden = new($"toy_{init}");

    private protected abstract Adapter<Toy> Attach(Toy model);

    private protected abstract Adapter<Toy> AttachFrom(Toy model, string folder);

    private protected abstract Adapter<Toy> AttachResidualFrom(Toy model, string folder);

    [Fact]
    public void What_is_left_of_the_weights_without_the_start_is_PEFTs_residual()
    {
        using var model = _golden.Model();
        using var adapter = Attach(model);
        Assert.Equal(6, _golden.Group("residual.").Count());
        foreach (var (name, residual) in _golden.Group("residual."))
        {
            var site = (WeightStartSite)adapter[name[..^".weight".Length]];
            Expect.Close(residual, site.Layer.Weight! - (site.B.matmul(site.A) * (TorchSharp.Scalar)site.Scaling), 2e-5, name);
        }
    }

    [Theory, InlineData("adapter", "residual"), InlineData("adapter_as_lora", "default")]
    public void Either_of_PEFTs_forms_is_read(string folder, string form)
    {
        using var model = _golden.Model();
        Expect.Close(_golden.Expected("output_base"), model.forward(_golden.Input), 2e-5);
        using var adapter = form == "residual" ? AttachResidualFrom(model, Folder(folder)) : AttachFrom(model, Folder(folder));
        Expect.Close(_golden.Expected("output_active"), model.forward(_golden.Input), 5e-5);
        adapter.Merge();
        Expect.Close(_golden.Expected("output_merged"), model.forward(_golden.Input), 5e-5);
    }

    [Fact]
    public void Saved_by_default_it_is_LoRA_of_twice_the_rank()
    {
        using var folder = new TemporaryFolder();
        using var model = _golden.Model();
        using (var adapter = AttachFrom(model, Folder("adapter")))
            adapter.Save(folder.Path);

        using var lora = model.AttachR16LoraFrom(folder.Path, "default");
        Expect.Close(_golden.Expected("output_active"), model.forward(_golden.Input), 5e-5);
        var config = PeftGoldenTests.Config(folder.Path);
        var theirs = PeftGoldenTests.Config(Folder("adapter_as_lora"));
        foreach (var key in new[] { "r", "lora_alpha", "use_rslora", "init_lora_weights", "target_modules", "rank_pattern" })
            Assert.Equal(PeftGoldenTests.Meaning(key, theirs[key]), PeftGoldenTests.Meaning(key, config[key]));
    }

    [Fact]
    public void Saved_in_the_residual_form_it_is_PEFTs_file()
    {
        using var folder = new TemporaryFolder();
        using var model = _golden.Model();
        using (var adapter = AttachResidualFrom(model, Folder("adapter")))
            adapter.Save(folder.Path);

        using var theirs = SafetensorsFile.Open(Path.Combine(Folder("adapter"), "adapter_model.safetensors"));
        using var ours = SafetensorsFile.Open(folder["adapter_model.safetensors"]);
        Assert.Equal(12, ours.Tensors.Count);
        foreach (var tensor in theirs.Tensors)
            Expect.SameBits(theirs.Read(tensor.Name), ours.Read(tensor.Name), tensor.Name);
        Assert.Equal(init, PeftGoldenTests.Config(folder.Path)["init_lora_weights"]!.GetValue<string>());
    }

    [Fact]
    public void Its_start_is_not_LoRAs()
    {
        using var model = _golden.Model();
        var error = Assert.Throws<InvalidDataException>(() => model.AttachR16LoraFrom(Folder("adapter"), "default"));
        Assert.Contains($"init_lora_weights is \"{init}\": the adapter belongs to a changed base model", error.Message, StringComparison.Ordinal);
    }

    private string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "Goldens", $"toy_{init}", name);
}

public sealed class PissaGoldenTests() : WeightStartGoldenTests("pissa")
{
    private protected override Adapter<Toy> Attach(Toy model) => model.AttachPissa();

    private protected override Adapter<Toy> AttachFrom(Toy model, string folder) => model.AttachPissaFrom(folder);

    private protected override Adapter<Toy> AttachResidualFrom(Toy model, string folder) => model.AttachResidualPissaFrom(folder, "default");
}

public sealed class OloraGoldenTests() : WeightStartGoldenTests("olora")
{
    private protected override Adapter<Toy> Attach(Toy model) => model.AttachOlora();

    private protected override Adapter<Toy> AttachFrom(Toy model, string folder) => model.AttachOloraFrom(folder);

    private protected override Adapter<Toy> AttachResidualFrom(Toy model, string folder) => model.AttachResidualOloraFrom(folder, "default");
}
