using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>One adapter against PEFT.</summary>
public sealed class GoldenTests
{
    private const double OutputTolerance = 2e-5;
    private const double GradientShare = 1e-4;

    public static TheoryData<string> Cases => ["toy_lora", "toy_lora_all", "toy_rslora"];

    [Theory, MemberData(nameof(Cases))]
    public void Output_is_PEFTs(string name)
    {
        var golden = new GoldenCase(name);
        using var model = golden.Model();
        using var lora = golden.Load(Attach(name, model));

        Expect.Close(golden.Expected("output_active"), model.forward(golden.Input), OutputTolerance);
        using (no_grad())
            Expect.Close(golden.Expected("output_active"), model.forward(golden.Input), OutputTolerance);

        lora.IsActive = false;
        Expect.Close(golden.Expected("output_disabled"), model.forward(golden.Input), OutputTolerance);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Merged_weights_are_PEFTs(string name)
    {
        var golden = new GoldenCase(name);
        using var model = golden.Model();
        using var lora = golden.Load(Attach(name, model));
        lora.Merge();

        var state = model.state_dict();
        Assert.Equal(lora.Sites.Count, golden.Group("merged.").Count());
        foreach (var (weight, expected) in golden.Group("merged."))
            Expect.Close(expected, state[weight], OutputTolerance, weight);
        Expect.Close(golden.Expected("output_merged"), model.forward(golden.Input), OutputTolerance);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gradients_are_PEFTs(string name)
    {
        var golden = new GoldenCase(name);
        using var model = golden.Model();
        using var lora = golden.Load(Attach(name, model));

        var loss = model.forward(golden.Input).to(ScalarType.Float32).pow(2).mean();
        loss.backward();

        Assert.Equal(golden.Loss, loss.item<float>(), 1e-5);
        Assert.Equal(lora.Parameters().Count, golden.Group("grad.").Count());
        foreach (var (key, expected) in golden.Group("grad."))
            Expect.CloseInShare(expected, GoldenCase.Parameter(lora, key).grad!, GradientShare, key);
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Counts_are_PEFTs(string name)
    {
        var golden = new GoldenCase(name);
        using var model = golden.Model();
        using var lora = Attach(name, model);

        Assert.Equal(new ParameterCount(golden.Count("trainable"), golden.Count("total")), lora.ParameterCount);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Detached_model_is_as_before(string name)
    {
        var golden = new GoldenCase(name);
        using var model = golden.Model();
        var before = ModelState.Of(model);
        using var lora = golden.Load(Attach(name, model));
        lora.Merge();
        lora.Detach();

        Assert.Equal(before, ModelState.Of(model));
        Expect.Close(golden.Expected("output_disabled"), model.forward(golden.Input), OutputTolerance);
    }

    /// <summary>From the folder that PEFT wrote, where every adapter is called default.</summary>
    internal static Adapter AttachFrom(string name, Toy model, string folder)
    {
        return name switch
        {
            "toy_lora" => model.AttachLoraFrom(folder),
            "toy_lora_all" => model.AttachAllLoraFrom(folder, "default"),
            "toy_rslora" => model.AttachRsLoraFrom(folder, "default"),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No adapter is declared for this case."),
        };
    }

    private static Adapter Attach(string name, Toy model)
    {
        return name switch
        {
            "toy_lora" => model.AttachLora(),
            "toy_lora_all" => model.AttachAllLora(),
            "toy_rslora" => model.AttachRsLora(),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No adapter is declared for this case."),
        };
    }
}
