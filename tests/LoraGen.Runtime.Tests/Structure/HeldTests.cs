using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Structure;

/// <summary>Attributes on the members of a class apply to every instance, however a model holds it.</summary>
public sealed class HeldTests
{
    private static readonly string[] Places = ["list.0", "list.1", "sequence.a", "sequence.b", "field", "generic"];

    public static TheoryData<string> Blocks => ["of a known class", "derived", "hidden in a generic class"];

    [Theory, MemberData(nameof(Blocks))]
    public void Each_member_is_what_its_attribute_says(string block)
    {
        using var model = Model(block);
        using var lora = model.AttachLora();
        Assert.Equal(Places.SelectMany(place => (string[])[$"{place}.small", $"{place}.plain"]), lora.Sites.Select(site => site.Path));
        foreach (var site in lora.Sites.Cast<LoraSite>())
            Assert.Equal(site.Path.EndsWith("small", StringComparison.Ordinal) ? (1, 3) : (2, 4), (site.Rank, site.Alpha));
        Assert.Equal(
            Places.SelectMany(place => (string[])[$"{place}.trained.weight", $"{place}.trained.bias"]),
            model.named_parameters().Where(named => named.parameter.requires_grad).Select(named => named.name));
        Assert.Equal(Places.Length * ((1 * 8) + (2 * 8) + 20), lora.ParameterCount.Trainable);
    }

    [Theory, MemberData(nameof(Blocks))]
    public void The_count_is_the_same(string block)
    {
        using var model = Model(block);
        using var lora = model.AttachLora();
        Assert.Equal(lora.ParameterCount, HeldLora<Module<Tensor, Tensor>>.Count(() => New(block)));
    }

    [Fact]
    public void A_child_may_know_its_parent()
    {
        using var model = Make.Model(() => new Parent());
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 5, 4);
        Assert.Equal(["child.proj", "last"], lora.Sites.Select(site => site.Path));
        Assert.Same(lora["child.proj"], lora.Child.Proj);
        Expect.Close(Reference.Output(lora.Last, Reference.Output(lora.Child.Proj, input)), model.call(input));
    }

    [Fact]
    public void What_is_in_a_layer_is_frozen_and_counted()
    {
        using var model = Make.Model(() => new WithGated());
        var total = model.parameters().Sum(parameter => parameter.numel());
        using var lora = model.AttachLora();
        Assert.Equal(["up", "down"], lora.Sites.Select(site => site.Path));
        Assert.All(model.parameters(), parameter => Assert.False(parameter.requires_grad));
        Assert.Equal(total + lora.ParameterCount.Trainable, lora.ParameterCount.Total);
        Assert.Equal(lora.ParameterCount, WithGatedLora.Count());
    }

    [Fact]
    public void What_is_in_a_layer_is_adapted_by_name_or_in_its_place()
    {
        using var model = Make.Model(() => new WithGated());
        using (var within = Make.Trained(model.AttachWithinLora()))
        {
            var input = Make.Normal(3, 5, 4);
            Assert.Equal(["up.gate"], within.Sites.Select(site => site.Path));
            var before = model.call(input);
            within.IsActive = false;
            Expect.Differ(before, model.call(input));
            within.IsActive = true;
            within.Merge();
            Expect.Close(before, model.call(input));
        }

        using var beside = model.AttachBesideLora();
        Assert.Equal(["up.inner", "up.gate", "down"], beside.Sites.Select(site => site.Path));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_member_that_is_set_late_is_named(bool replaces)
    {
        using var model = Make.Model(() => new SetLate(replaces));
        var message = Assert.Throws<InvalidOperationException>(() => model.AttachLora()).Message;
        Assert.Contains("late: the member holds a Linear that is not registered in the model", message);
        using var lora = model.AttachFirstLora();
        Assert.Equal(["first"], lora.Sites.Select(site => site.Path));
    }

    private static Held<Module<Tensor, Tensor>> Model(string block) => Make.Model(() => New(block));

    private static Held<Module<Tensor, Tensor>> New(string block)
    {
        Func<Module<Tensor, Tensor>> make = block switch
        {
            "derived" => () => new DerivedAttributed(),
            "hidden in a generic class" => AttributedPairs<int>.Make,
            _ => () => new Attributed(),
        };
        return new Held<Module<Tensor, Tensor>>(make, make());
    }
}
