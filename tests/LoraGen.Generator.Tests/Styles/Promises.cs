using System.Reflection;
using static TorchSharp.torch;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>What an attached LoRA adapter promises of any model.</summary>
internal static class Promises
{
    private const double Tolerance = 1e-4;

    public static void Hold(LoadedModel model, params string[] paths)
    {
        using var scope = NewDisposeScope();
        var input = rand(2, LoadedModel.Width);
        var weights = Weights(model.Module);
        var flags = Flags(model.Module);
        var plain = Output(model, input);

        var lora = model.Attach();
        Assert.Equal(paths, lora.Sites.Select(site => site.Path));
        Assert.Equal(plain, Output(model, input));
        CountsWhatTrains(lora, model.Module);
        CountsWithoutTheModel(lora, model);

        Randomize(lora);
        OnlyTheAdapterLearns(lora, model, input);
        MergesAsItRuns(lora, model, input, weights);

        lora.Detach();
        Assert.Equal(plain, Output(model, input));
        Assert.Equal(weights, Weights(model.Module));
        Assert.Equal(flags, Flags(model.Module));
        lora.Dispose();
    }

    private static void CountsWhatTrains(Adapter lora, nn.Module model)
    {
        var trainable = lora.Sites.Cast<LoraSite>().Sum(Trainable);
        Assert.Equal(trainable, lora.ParameterCount.Trainable);
        Assert.Equal(trainable + EveryParameter.Of(model).Sum(parameter => parameter.numel()), lora.ParameterCount.Total);
    }

    private static void CountsWithoutTheModel(Adapter lora, LoadedModel model)
    {
        // The other counts take what the constructors take.
        var count = lora.GetType().GetMethod("Count", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, []);
        if (count is null || !model.IsMadeByItsConstructor)
            return;

        var told = (ParameterCount)count.Invoke(null, null)!;
        Assert.Equal(lora.ParameterCount, told);
        Assert.Equal(lora.ParameterCount.Sites, told.Sites);
    }

    // A reads the whole input (of a convolution, through its kernel); B has a share of the rank for each output.
    private static long Trainable(LoraSite site)
    {
        var read = site.A.shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        return (site.Rank * read) + (site.B.shape[0] * site.B.shape[1]);
    }

    private static void Randomize(Adapter lora)
    {
        using var _ = no_grad();
        foreach (var parameter in ((IParameterSource)lora).Parameters())
            nn.init.normal_(parameter);
    }

    // A site that no call reaches gets no gradient: this is what finds a forward that was not intercepted.
    private static void OnlyTheAdapterLearns(Adapter lora, LoadedModel model, Tensor input)
    {
        var output = model.Run(input);
        output.mul(output).sum().backward();
        foreach (var site in lora.Sites)
        {
            foreach (var parameter in site.Parameters)
                Assert.True(parameter.grad is { } grad && Values(grad).Any(value => value != 0), $"{site.Path} got no gradient.");
        }

        Assert.All(EveryParameter.Of(model.Module), parameter => Assert.Null(parameter.grad));
    }

    private static void MergesAsItRuns(Adapter lora, LoadedModel model, Tensor input, Dictionary<string, float[]> weights)
    {
        var unmerged = Output(model, input);
        lora.Merge();
        var merged = Output(model, input);
        Assert.All(unmerged.Zip(merged), pair => Assert.Equal(pair.First, pair.Second, Tolerance * (1 + Math.Abs(pair.First))));
        lora.Unmerge();
        Assert.Equal(weights, Weights(model.Module));
        Assert.Equal(unmerged, Output(model, input));
    }

    private static float[] Output(LoadedModel model, Tensor input)
    {
        using var _ = no_grad();
        return Values(model.Run(input));
    }

    private static Dictionary<string, float[]> Weights(nn.Module model) => model.state_dict().ToDictionary(entry => entry.Key, entry => Values(entry.Value));

    private static bool[] Flags(nn.Module model) => [.. model.parameters().Select(parameter => parameter.requires_grad)];

    private static float[] Values(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
