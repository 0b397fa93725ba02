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
            model, () => model.AttachReparametrizedLora(), $"inner: Reparametrize sets the weight of TorchSharp's Linear, but the layer is of kind {kind}.");
    }

    [Fact]
    public void Groups_must_divide_the_rank()
    {
        using var model = Make.Model(() => new Wrapped(nn.Conv2d(4, 6, 3, groups: 2)));
        Refuses<ArgumentException>(
            model,
            () => model.AttachIndivisibleLora(),
            "inner: Rank is 3, but the Conv2d has 2 groups, among which the rank is divided. Set Rank there to a multiple of 2, or leave the layer out "
                + "of the targets.");
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

    private static void Refuses<TException>(Wrapped model, Func<Adapter> attach, string expected)
        where TException : Exception
    {
        var before = ModelState.Of(model);
        Assert.Equal(expected, Assert.Throws<TException>(attach).Message);
        Assert.Equal(before, ModelState.Of(model));
    }
}
