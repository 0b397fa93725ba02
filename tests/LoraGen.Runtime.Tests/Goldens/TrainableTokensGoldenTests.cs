using LoraGen.Runtime.Tests.Formats;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>Trainable tokens against PEFT.</summary>
public sealed class TrainableTokensGoldenTests
{
    private const string Case = "emb_trainable_tokens";
    private const double OutputTolerance = 2e-5;

    [Fact]
    public void Outputs_gradients_and_counts_are_PEFTs()
    {
        var golden = new GoldenCase(Case);
        using var model = golden.Model(() => new ToyEmb());
        var before = ModelState.Of(model);
        using var adapter = model.AttachTrainableTokensFrom(golden.AdapterFolder);

        var output = model.forward(golden.Input);
        Expect.Close(golden.Expected("output_active"), output, OutputTolerance);
        output.pow(2).mean().backward();
        Expect.CloseInShare(Assert.Single(golden.Group("grad.")).Tensor, adapter.Emb.Rows.grad!, 1e-4);
        Assert.Equal(new ParameterCount(golden.Count("trainable"), golden.Count("total")), adapter.ParameterCount);

        adapter.IsActive = false;
        Expect.Close(golden.Expected("output_disabled"), model.forward(golden.Input), OutputTolerance);
        adapter.IsActive = true;
        adapter.Merge();
        Expect.Close(golden.Expected("output_merged"), model.forward(golden.Input), OutputTolerance);
        foreach (var (weight, expected) in golden.Group("merged."))
            Expect.Close(expected, model.state_dict()[weight], OutputTolerance, weight);
        adapter.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void Written_again_the_files_are_the_same()
    {
        var golden = new GoldenCase(Case);
        using var model = golden.Model(() => new ToyEmb());
        using var adapter = model.AttachTrainableTokensFrom(golden.AdapterFolder);
        using var again = new TemporaryFolder();
        adapter.Save(again.Path);
        SameFiles.Check(golden.AdapterFolder, again.Path);
    }
}
