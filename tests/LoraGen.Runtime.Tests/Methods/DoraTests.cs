using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>What is DoRA's alone.</summary>
public sealed class DoraTests
{
    [Fact]
    public void The_magnitude_starts_as_the_norm_of_the_weights_rows()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var dora = model.AttachDora();
        var site = (DoraSite)dora.Sites[0];
        Expect.Close(site.Layer.Weight!.square().sum(1).sqrt(), site.Magnitude, 1e-6);
    }

    [Theory, InlineData("Linear"), InlineData("Conv2d")]
    public void With_dropout_both_terms_read_the_dropped_input(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var input = OneLayer.Input(kind);
        using var dora = LoraContractTests.Shaken(model.AttachDroppedDora());
        var site = (DoraSite)dora.Sites[0];
        model.train();
        random.manual_seed(5);
        var output = model.forward(input);
        random.manual_seed(5);
        var dropped = nn.functional.dropout(input, 0.5);

        var changed = site.Layer.Weight! + site.Product();
        var factor = site.Magnitude / site.Layer.Rows(changed).square().sum(1).sqrt().view(site.Magnitude.shape);
        var weight = changed * site.Layer.AlongWeightOutput(factor.flatten());
        dora.IsActive = false;
        Expect.Close(model.forward(input) + site.Layer.Apply(dropped, weight - site.Layer.Weight!), output, 2e-5);
        model.eval();
        dora.IsActive = true;
        var active = model.forward(input).detach();
        dora.Merge();
        Expect.Close(active, model.forward(input), 2e-5);
    }

    [Fact]
    public void Groups_are_refused_at_attach()
    {
        using var model = Make.Model(() => new OneLayer("grouped Conv1d"));
        var before = ModelState.Of(model);
        var error = Assert.Throws<ArgumentException>(() => model.AttachDora());
        Assert.StartsWith("layer: DoRA needs the norm of the changed weight, but the Conv1d has 2 groups", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void A_row_of_zeros_stays_finite()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using (no_grad())
            ((TorchSharp.Modules.Linear)model.Layer).weight[2].zero_();
        var input = OneLayer.Input("Linear");
        var before = model.forward(input);
        using var dora = model.AttachDora();
        Expect.Close(before, model.forward(input));
        model.forward(input).pow(2).mean().backward();
        Assert.All(dora.Parameters(), parameter => Assert.True(parameter.grad!.isfinite().all().item<bool>()));
    }

    [Fact]
    public void A_folder_of_LoRA_is_not_one_of_DoRA()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new OneLayer("Linear"));
        using (var lora = model.AttachLora())
            lora.Save(folder.Path);
        var error = Assert.Throws<InvalidDataException>(() => model.AttachDoraFrom(folder.Path));
        Assert.Contains("- use_dora is false, but the adapter is DoRA", error.Message, StringComparison.Ordinal);
        Assert.Contains("- tensor base_model.model.layer.lora_magnitude_vector [5] is missing", error.Message, StringComparison.Ordinal);
    }
}
