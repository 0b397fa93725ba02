using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Kinds;

/// <summary>What is asked of a layer of a kind that can't do it.</summary>
public sealed class KindErrorTests
{
    public static TheoryData<string> Kinds => ["Embedding", "Conv1d", "Conv2d", "Conv3d"];

    [Theory, MemberData(nameof(Kinds))]
    public void Without_targets_only_Linear_is_adapted(string kind)
    {
        using var model = Make.Model(() => new Wrapped(Create(kind)));
        Refuses<InvalidOperationException>(
            model,
            () => model.AttachUntargetedLora(),
            "Adapter \"untargeted\" on Wrapped: none of the model's 1 layers is adapted. Check Targets, Exclude and [LoraIgnore]. "
                + "Without targets only Linear layers are adapted: name others in Targets.");
    }

    [Theory]
    [InlineData("Embedding", "Convolution")]
    [InlineData("Conv2d", "Linear")]
    public void A_kind_that_no_layer_has(string kind, string asked)
    {
        using var model = Make.Model(() => new Wrapped(Create(kind)));
        var name = asked == "Convolution" ? "convolved" : "narrow";
        Refuses<InvalidOperationException>(
            model,
            () => asked == "Convolution" ? model.AttachConvolvedLora() : model.AttachNarrowLora(),
            $"Adapter \"{name}\" on Wrapped: Kinds has {asked}, but no layer of the model is of that kind. Remove it.");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_misspelt_target_names_it(string kind)
    {
        using var model = Make.Model(() => new Wrapped(Create(kind)));
        Refuses<InvalidOperationException>(
            model,
            () => model.AttachMisspeltLora(),
            "Adapter \"misspelt\" on Wrapped: Target \"iner\" matches no layer of the model. Nearest: inner.");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Only_a_Linear_can_be_reparametrized(string kind)
    {
        using var model = Make.Model(() => new Wrapped(Create(kind)));
        Refuses<ArgumentException>(
            model,
            () => model.AttachReparametrizedLora(),
            $"inner: Reparametrize sets the weight of TorchSharp's Linear, but the layer is of kind {kind}. Exclude = [\"inner\"] leaves it out.");
    }

    [Fact]
    public void Groups_must_divide_the_rank()
    {
        using var model = Make.Model(() => new Wrapped(nn.Conv2d(4, 6, 3, groups: 2)));
        Refuses<ArgumentException>(
            model,
            () => model.AttachIndivisibleLora(),
            "inner: Rank is 3, but the Conv2d has 2 groups, among which the rank is divided. Set Rank there to a multiple of 2, or leave the layer out "
                + "of the targets. Exclude = [\"inner\"] leaves it out.");
    }

    [Fact]
    public void One_error_names_every_convolution_whose_groups_do_not_divide_the_rank()
    {
        using var model = Make.Model(() => new Separable());
        Refuses<ArgumentException>(
            model,
            () => model.AttachLora(),
            "blocks.0.depthwise: Rank is 4, but the Conv2d has 6 groups, among which the rank is divided. Set Rank there to a multiple of 6, or leave the "
                + "layer out of the targets. The method can't adapt blocks.1.depthwise, steps.1 either. Exclude = [\"depthwise\", \"steps.1\"] leaves all of "
                + "them out.");
        using var lora = model.AttachWithoutLora();
        Assert.Equal(
            ["blocks.0.pointwise", "blocks.1.pointwise", "steps.0", "head: Linear(6 → 6), LoRA rank 4, alpha 4, scaling 1"],
            [.. lora.Sites.SkipLast(1).Select(site => site.Path), lora.Sites[^1].ToString()]);
        Assert.Equal("steps.0: Conv1d(6 → 6, kernel 3), LoRA rank 4, alpha 4, scaling 1", lora["steps.0"].ToString());
        Assert.Equal("blocks.0.pointwise: Conv2d(6 → 6, kernel 1 × 1, groups 2), LoRA rank 4, alpha 4, scaling 1", lora["blocks.0.pointwise"].ToString());
    }

    private static nn.Module<Tensor, Tensor> Create(string kind)
    {
        return kind switch
        {
            "Embedding" => nn.Embedding(11, 6),
            "Conv1d" => nn.Conv1d(4, 6, 3),
            "Conv2d" => nn.Conv2d(4, 6, 3),
            _ => nn.Conv3d(4, 6, 3),
        };
    }

    private static void Refuses<TException>(nn.Module model, Func<Adapter> attach, string expected)
        where TException : Exception
    {
        var before = ModelState.Of(model);
        Assert.Equal(expected, Assert.Throws<TException>(attach).Message);
        Assert.Equal(before, ModelState.Of(model));
    }
}
