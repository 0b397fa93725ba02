using LoraGen.Runtime.Tests.Formats;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>What holds for each adapter that was loaded from PEFT's folder.</summary>
internal static class GoldenChecks
{
    public const double OutputTolerance = 2e-5;

    /// <summary>The counts, and the outputs and weights while the adapter is inactive and merged, are PEFT's.</summary>
    public static void States(GoldenCase golden, nn.Module<Tensor, Tensor> model, Adapter adapter)
    {
        Assert.Equal(new ParameterCount(golden.Count("trainable"), golden.Count("total")), adapter.ParameterCount);
        adapter.IsActive = false;
        Expect.Close(golden.Expected("output_disabled"), model.call(golden.Input), OutputTolerance);
        adapter.IsActive = true;
        adapter.Merge();
        Expect.Close(golden.Expected("output_merged"), model.call(golden.Input), OutputTolerance);
        foreach (var (weight, expected) in golden.Group("merged."))
            Expect.Close(expected, model.state_dict()[weight], OutputTolerance, weight);
    }

    /// <summary>The files that the adapter writes are those that it was loaded from.</summary>
    public static void Files(GoldenCase golden, Adapter adapter)
    {
        using var again = new TemporaryFolder();
        adapter.Save(again.Path);
        SameFiles.Check(golden.AdapterFolder, again.Path);
    }
}
