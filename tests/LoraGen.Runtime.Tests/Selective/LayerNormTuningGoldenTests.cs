using LoraGen.Runtime.Tests.Formats;
using LoraGen.Runtime.Tests.Goldens;

namespace LoraGen.Runtime.Tests.Selective;

/// <summary>LayerNorm tuning against PEFT.</summary>
public sealed class LayerNormTuningGoldenTests
{
    private const string Case = "toy_ln_tuning";
    private const double OutputTolerance = 2e-5;

    [Fact]
    public void Outputs_gradients_and_counts_are_PEFTs()
    {
        var golden = new GoldenCase(Case);
        using var model = golden.Model();
        var before = ModelState.Of(model);
        using var adapter = model.AttachLayerNormTuningFrom(golden.AdapterFolder);

        var output = model.forward(golden.Input);
        Expect.Close(golden.Expected("output_active"), output, OutputTolerance);
        var loss = output.pow(2).mean();
        loss.backward();
        Assert.Equal(golden.Loss, loss.item<float>(), 1e-5);
        var state = model.state_dict();
        Assert.Equal(adapter.TrainedParameters().Count, golden.Group("grad.").Count());
        foreach (var (key, expected) in golden.Group("grad."))
        {
            var name = key["base_model.model.".Length..].Replace("ln_tuning_layers.", string.Empty, StringComparison.Ordinal);
            Expect.CloseInShare(expected, state[name].grad!, 1e-4, key);
        }

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
        using var model = golden.Model();
        using var adapter = model.AttachLayerNormTuningFrom(golden.AdapterFolder);
        using var again = new TemporaryFolder();
        adapter.Save(again.Path);
        SameFiles.Check(golden.AdapterFolder, again.Path);
    }
}
