using LoraGen.Runtime.Tests.Formats;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

public sealed class LoraFaContractTests : MethodContract<LoraFaMethod, AllButEmbedding>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachLoraFa();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachLoraFaFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachLoraFaForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerLoraFa.Count(kind);
}

/// <summary>What LoRA-FA has beside the contract of every method.</summary>
public sealed class LoraFaTests
{
    [Fact]
    public void Only_B_trains_and_A_is_saved()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var lora = model.AttachLoraFa();
        var site = (LoraFaSite)lora.Sites.Single();
        Assert.Equal([site.B.Handle], lora.TrainedParameters().Select(parameter => parameter.Handle));
        Assert.False(site.A.requires_grad);
        Assert.Equal((10, 35 + 10 + 12), (lora.ParameterCount.Trainable, lora.ParameterCount.Total));
        model.forward(OneLayer.Input("Linear")).sum().backward();
        Assert.Null(site.A.grad);
        lora.Save(folder.Path);
        Assert.Equal("LORA", PeftGoldenTests.Config(folder.Path)["peft_type"]!.GetValue<string>());
        lora.Detach();

        // In the files it is LoRA.
        using var plain = model.AttachLoraFrom(folder.Path);
        Expect.SameBits(site.A, ((LoraSite)plain.Sites[0]).A);
        Expect.SameBits(site.B, ((LoraSite)plain.Sites[0]).B);
    }

    [Theory]
    [InlineData("Embedding", "LoRA-FA keeps A as it starts, and the A of an Embedding starts at zero")]
    [InlineData("grouped Conv1d", "has 2 groups")]
    public void A_layer_that_it_can_not_adapt_is_named(string kind, string why)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => model.AttachLoraFa()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rank_above_the_inputs_is_refused()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        Assert.Contains(
            "Rank is 7, but A·Aᵀ has no inverse if A has more rows than the 6 inputs",
            Assert.Throws<ArgumentException>(() => model.AttachWideLoraFa()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_A_without_an_inverse_says_where()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var lora = model.AttachLoraFa();
        using var optimizer = lora.Optimizer(parameters => optim.SGD(parameters, 0.1));
        using (no_grad())
            ((LoraFaSite)lora.Sites.Single()).A.zero_();
        model.forward(OneLayer.Input("Linear")).sum().backward();
        Assert.StartsWith(
            "layer: A·Aᵀ has no inverse, because the rows of A depend on each other",
            Assert.Throws<InvalidOperationException>(() => optimizer.step()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_A_that_is_zero_is_refused()
    {
        var fault = Assert.Single(new LoraFaMethod { InitA = LoraInit.Zeros, InitB = LoraInit.Gaussian }.Faults());
        Assert.Equal("InitA is Zeros, but A keeps its initial values, so nothing would train. Leave InitA out", fault.Message);
    }

    // An accumulated gradient is projected once.
    [Fact]
    public void Gradients_may_be_accumulated()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var input = OneLayer.Input("Linear");
        using var lora = model.AttachLoraFa();
        using var optimizer = lora.Optimizer(parameters => optim.SGD(parameters, 0.1));
        var site = (LoraFaSite)lora.Sites.Single();
        for (var i = 0; i < 2; i++)
            model.forward(input).pow(2).mean().backward();
        var gradient = site.B.grad!.clone();
        optimizer.step();
        using var noGrad = no_grad();
        var products = site.A.mm(site.A.t());
        Expect.Close(gradient / (float)(1.5 * 1.5), (site.B / -0.1f).mm(products), 1e-4);
    }
}
