namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>Trainable tokens against PEFT.</summary>
public sealed class TrainableTokensGoldenTests
{
    private const string Case = "emb_trainable_tokens";

    [Fact]
    public void Outputs_gradients_and_counts_are_PEFTs()
    {
        var golden = new GoldenCase(Case);
        using var model = golden.Model(() => new ToyEmb());
        var before = ModelState.Of(model);
        using var adapter = model.AttachTrainableTokensFrom(golden.AdapterFolder);

        var output = model.forward(golden.Input);
        Expect.Close(golden.Expected("output_active"), output, GoldenChecks.OutputTolerance);
        output.pow(2).mean().backward();
        Expect.CloseInShare(Assert.Single(golden.Group("grad.")).Tensor, adapter.Emb.Rows.grad!, 1e-4);
        GoldenChecks.States(golden, model, adapter);
        adapter.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void Written_again_the_files_are_the_same()
    {
        var golden = new GoldenCase(Case);
        using var model = golden.Model(() => new ToyEmb());
        using var adapter = model.AttachTrainableTokensFrom(golden.AdapterFolder);
        GoldenChecks.Files(golden, adapter);
    }
}
