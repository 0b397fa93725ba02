using LoraGen.Runtime.Tests.Goldens;

namespace LoraGen.Runtime.Tests.Selective;

/// <summary>LayerNorm tuning against PEFT.</summary>
public sealed class LayerNormTuningGoldenTests
{
    private const string Case = "toy_ln_tuning";

    [Fact]
    public void Outputs_gradients_and_counts_are_PEFTs()
    {
        var golden = new GoldenCase(Case);
        using var model = golden.Model();
        var before = ModelState.Of(model);
        using var adapter = model.AttachLayerNormTuningFrom(golden.AdapterFolder);

        var output = model.forward(golden.Input);
        Expect.Close(golden.Expected("output_active"), output, GoldenChecks.OutputTolerance);
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

        GoldenChecks.States(golden, model, adapter);
        adapter.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void Written_again_the_files_are_the_same()
    {
        var golden = new GoldenCase(Case);
        using var model = golden.Model();
        using var adapter = model.AttachLayerNormTuningFrom(golden.AdapterFolder);
        GoldenChecks.Files(golden, adapter);
    }
}
