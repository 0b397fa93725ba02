using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>One adapter against PEFT.</summary>
public sealed class GoldenTests
{
    private const double OutputTolerance = 2e-5;
    private const double GradientShare = 1e-4;

    private const string Grouped = "conv2d_lora_groups";

    public static TheoryData<string> Cases => [.. Mergeable, Grouped];

    public static TheoryData<string> Mergeable => ["toy_lora", "toy_lora_all", "toy_rslora", "emb_lora", "conv1d_lora", "conv2d_lora", .. Others];

    // The other methods.
    private static string[] Others =>
    [
        "toy_dora", "emb_dora", "conv2d_dora", "toy_ia3", "toy_oft", "toy_oft_neumann", "toy_adalora", "toy_vera",
    ];

    [Theory, MemberData(nameof(Cases))]
    public void Output_is_PEFTs(string name)
    {
        var golden = new GoldenCase(name);
        using var model = Model(name, golden);
        using var lora = golden.Load(Attach(name, model));

        Expect.Close(golden.Expected("output_active"), model.forward(golden.Input), OutputTolerance);
        using (no_grad())
            Expect.Close(golden.Expected("output_active"), model.forward(golden.Input), OutputTolerance);

        lora.IsActive = false;
        Expect.Close(golden.Expected("output_disabled"), model.forward(golden.Input), OutputTolerance);
    }

    [Theory, MemberData(nameof(Mergeable))]
    public void Merged_weights_are_PEFTs(string name)
    {
        var golden = new GoldenCase(name);
        using var model = Model(name, golden);
        using var lora = golden.Load(Attach(name, model));
        lora.Merge();

        var state = model.state_dict();
        Assert.True(lora.Sites.Count <= golden.Group("merged.").Count());
        foreach (var (weight, expected) in golden.Group("merged."))
            Expect.Close(expected, state[weight], OutputTolerance, weight);
        Expect.Close(golden.Expected("output_merged"), model.forward(golden.Input), OutputTolerance);
    }

    [Fact]
    public void Merging_groups_that_read_each_others_channels_is_refused()
    {
        var golden = new GoldenCase(Grouped);
        using var model = Model(Grouped, golden);
        using var lora = golden.Load(Attach(Grouped, model));
        var before = ModelState.BitsOf(model);

        Assert.Equal(
            "conv2: the Conv2d has 2 groups, and A, as in PEFT, reads the channels of all of them for each: no weight with groups can do that. "
                + "Leave the adapter attached, or leave the layer out of the targets.",
            Assert.Throws<InvalidOperationException>(lora.Merge).Message);
        Assert.Equal(before, ModelState.BitsOf(model));
        Expect.Close(golden.Expected("output_active"), model.forward(golden.Input), OutputTolerance);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gradients_are_PEFTs(string name)
    {
        var golden = new GoldenCase(name);
        using var model = Model(name, golden);
        using var lora = golden.Load(Attach(name, model));

        var loss = model.forward(golden.Input).to(ScalarType.Float32).pow(2).mean();
        loss.backward();

        Assert.Equal(golden.Loss, loss.item<float>(), 1e-5);
        Assert.Equal(lora.TrainedParameters().Count, golden.Group("grad.").Count());
        foreach (var (key, expected) in golden.Group("grad."))
            Expect.CloseInShare(expected, GoldenCase.Parameter(lora, key).grad!, GradientShare, key);
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Counts_are_PEFTs(string name)
    {
        var golden = new GoldenCase(name);
        using var model = Model(name, golden);
        using var lora = Attach(name, model);

        Assert.Equal(new ParameterCount(golden.Count("trainable"), golden.Count("total")), lora.ParameterCount);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Detached_model_is_as_before(string name)
    {
        var golden = new GoldenCase(name);
        using var model = Model(name, golden);
        var before = ModelState.Of(model);
        using var lora = golden.Load(Attach(name, model));
        if (name != Grouped)
            lora.Merge();
        lora.Detach();

        Assert.Equal(before, ModelState.Of(model));
        Expect.Close(golden.Expected("output_disabled"), model.forward(golden.Input), OutputTolerance);
    }

    /// <summary>From the folder that PEFT wrote, where every adapter is called default.</summary>
    internal static Adapter AttachFrom(string name, nn.Module<Tensor, Tensor> model, string folder)
    {
        return name switch
        {
            "toy_lora" => ((Toy)model).AttachLoraFrom(folder),
            "toy_lora_all" => ((Toy)model).AttachAllLoraFrom(folder, "default"),
            "toy_rslora" => ((Toy)model).AttachRsLoraFrom(folder, "default"),
            "emb_lora" => ((ToyEmb)model).AttachLoraFrom(folder),
            "conv1d_lora" => ((ToyConv1d)model).AttachLoraFrom(folder),
            "conv2d_lora" => ((ToyConv)model).AttachLoraFrom(folder),
            Grouped => ((ToyConv)model).AttachGroupsLoraFrom(folder, "default"),
            "toy_dora" => ((Toy)model).AttachDoraFrom(folder),
            "emb_dora" => ((ToyEmb)model).AttachDoraFrom(folder),
            "conv2d_dora" => ((ToyConv)model).AttachDoraFrom(folder),
            "toy_ia3" => ((Toy)model).AttachIa3From(folder),
            "toy_oft" => ((Toy)model).AttachOftFrom(folder),
            "toy_oft_neumann" => ((Toy)model).AttachNeumannOftFrom(folder, "default"),
            "toy_adalora" => ((Toy)model).AttachAdaLoraFrom(folder),
            "toy_vera" => ((Toy)model).AttachVeraFrom(folder),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No adapter is declared for this case."),
        };
    }

    internal static nn.Module<Tensor, Tensor> Model(string name, GoldenCase golden)
    {
        return name switch
        {
            "emb_lora" or "emb_dora" => golden.Model(() => new ToyEmb()),
            "conv1d_lora" => golden.Model(() => new ToyConv1d()),
            "conv2d_lora" or "conv2d_dora" => golden.Model(() => new ToyConv(groups: 1)),
            Grouped => golden.Model(() => new ToyConv(groups: 2)),
            _ => golden.Model(),
        };
    }

    private static Adapter Attach(string name, nn.Module<Tensor, Tensor> model)
    {
        return name switch
        {
            "toy_lora" => ((Toy)model).AttachLora(),
            "toy_lora_all" => ((Toy)model).AttachAllLora(),
            "toy_rslora" => ((Toy)model).AttachRsLora(),
            "emb_lora" => ((ToyEmb)model).AttachLora(),
            "conv1d_lora" => ((ToyConv1d)model).AttachLora(),
            "conv2d_lora" => ((ToyConv)model).AttachLora(),
            Grouped => ((ToyConv)model).AttachGroupsLora(),
            "toy_dora" => ((Toy)model).AttachDora(),
            "emb_dora" => ((ToyEmb)model).AttachDora(),
            "conv2d_dora" => ((ToyConv)model).AttachDora(),
            "toy_ia3" => ((Toy)model).AttachIa3(),
            "toy_oft" => ((Toy)model).AttachOft(),
            "toy_oft_neumann" => ((Toy)model).AttachNeumannOft(),
            "toy_adalora" => ((Toy)model).AttachAdaLora(),
            "toy_vera" => ((Toy)model).AttachVera(),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No adapter is declared for this case."),
        };
    }
}
