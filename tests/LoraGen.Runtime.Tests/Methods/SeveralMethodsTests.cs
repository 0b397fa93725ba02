using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>Adapters of several methods on one layer: what they compute together, and that merging any of them changes nothing.</summary>
public sealed class SeveralMethodsTests
{
    private static readonly string[] Methods = ["LoRA", "DoRA", "IA³", "IA³ of the input", "OLoRA", "GLoRA", "VeLoRA", "VeRA", "OFT", "own"];

    public static IEnumerable<object[]> Pairs =>
        from kind in new[] { "Linear", "Conv2d", "Embedding" }
        from first in Methods
        from second in Methods
        where kind == "Linear" || !new[] { "GLoRA", "VeLoRA", "VeRA", "OFT" }.Intersect([first, second]).Any()
        where kind != "Embedding" || (first != "IA³ of the input" && second != "IA³ of the input")
        select new object[] { kind, first, second };

    [Theory, MemberData(nameof(Pairs))]
    public void Merged_in_the_order_of_attaching_they_are_what_is_active(string kind, string first, string second)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var input = OneLayer.Input(kind);
        var before = ModelState.Of(model);
        using var one = Attach(model, first, "one", 11);
        using var two = Attach(model, second, "two", 23);
        var active = model.forward(input).detach();

        one.Merge();
        Expect.Close(active, model.forward(input), 2e-5, "the first merged");
        two.Merge();
        Expect.Close(active, model.forward(input), 2e-5, "both merged");
        two.Unmerge();
        Expect.Close(active, model.forward(input), 2e-5, "the second unmerged");
        one.Unmerge();
        Expect.Close(active, model.forward(input), 2e-6, "none merged");
        using (no_grad())
            Expect.Close(active, model.forward(input), 2e-5, "without gradients");

        one.Detach();
        two.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Theory, MemberData(nameof(Pairs))]
    public void The_later_one_is_merged_alone_or_throws(string kind, string first, string second)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var input = OneLayer.Input(kind);
        using var one = Attach(model, first, "one", 11);
        using var two = Attach(model, second, "two", 23);
        var active = model.forward(input).detach();
        var bits = ModelState.BitsOf(model);

        if (IsAdditive(first) && IsAdditive(second))
        {
            two.Merge();
            Expect.Close(active, model.forward(input), 2e-5);
            one.Merge();
            one.Unmerge();
            Expect.Close(active, model.forward(input), 2e-5);
            return;
        }

        Assert.Equal(
            "layer: the adapters \"two\" and \"one\" compose there in the order of attaching, but a merged adapter acts before one that is not merged. "
            + "Merge that one first.",
            Assert.Throws<InvalidOperationException>(two.Merge).Message);
        Assert.Equal(bits, ModelState.BitsOf(model));
        one.Merge();
        two.Merge();
        Assert.Throws<InvalidOperationException>(one.Unmerge);
        one.Detach();
        Assert.Equal(two.IsMerged, model.forward(input).isfinite().all().item<bool>());
    }

    [Fact]
    public void Low_rank_ones_contribute_as_if_alone()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var input = OneLayer.Input("Linear");
        var alone = model.forward(input);
        var sum = alone.clone();
        foreach (var (method, seed) in new[] { ("LoRA", 11), ("DoRA", 23), ("DoRA", 37) })
        {
            using var adapter = Attach(model, method, "one", seed);
            sum += model.forward(input) - alone;
        }

        using var first = Attach(model, "LoRA", "one", 11);
        using var second = Attach(model, "DoRA", "two", 23);
        using var third = Attach(model, "DoRA", "three", 37);
        Expect.Close(sum, model.forward(input), 2e-5);
    }

    [Fact]
    public void An_earlier_one_is_not_switched_on_beneath_a_merged_one()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var one = Attach(model, "IA³", "one", 11);
        using var two = Attach(model, "LoRA", "two", 23);
        one.IsActive = false;
        two.Merge();

        Assert.Contains("Unmerge that one first.", Assert.Throws<InvalidOperationException>(() => one.IsActive = true).Message, StringComparison.Ordinal);
        two.Unmerge();
        one.IsActive = true;
    }

    [Fact]
    public void Calls_on_several_threads_do_not_see_one_another()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var one = Attach(model, "LoRA", "one", 11);
        using var two = Attach(model, "IA³ of the input", "two", 23);
        using var three = Attach(model, "DoRA", "three", 37);
        var inputs = Enumerable.Range(0, 4).Select(seed => Make.Normal(seed, 64, 6)).ToArray();
        using var noGrad = no_grad();
        var expected = inputs.Select(input => model.forward(input)).ToArray();

        Parallel.For(0, 400, call =>
        {
            using var ofThread = no_grad();
            using var scope = NewDisposeScope();
            Expect.Close(expected[call % 4], model.forward(inputs[call % 4]), 1e-5);
        });
    }

    [Fact]
    public void Adapters_with_Reparametrize_act_before_the_others()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var input = OneLayer.Input("Linear");
        using (Attach(model, "IA³", "one", 11))
        {
            Assert.EndsWith(
                "Reparametrize sets the weight itself: attach this adapter first.",
                Assert.Throws<InvalidOperationException>(() => model.AttachSetDora()).Message,
                StringComparison.Ordinal);
        }

        using var set = LoraContractTests.Shaken(model.AttachSetDora());
        using var lora = Attach(model, "LoRA", "two", 23);
        using var ia3 = Attach(model, "IA³", "three", 37);
        var active = model.forward(input).detach();
        set.Merge();
        Expect.Close(active, model.forward(input), 2e-5);
        set.Unmerge();
        lora.Merge();
        Expect.Close(active, model.forward(input), 2e-5);
    }

    private static bool IsAdditive(string method) => method is "LoRA" or "DoRA" or "OLoRA" or "GLoRA" or "VeLoRA" or "VeRA";

    private static Adapter<OneLayer> Attach(OneLayer model, string method, string name, int seed)
    {
        random.manual_seed(seed);
        Adapter<OneLayer> adapter = method switch
        {
            "LoRA" => model.AttachLora(name),
            "DoRA" => model.AttachDora(name),
            "OLoRA" => model.AttachOlora(name),
            "GLoRA" => model.AttachGlora(name),
            "VeLoRA" => model.AttachVelora(name),
            "VeRA" => model.AttachVera(name),
            "OFT" => model.AttachOft(name),
            "IA³" => model.AttachIa3(name),
            "IA³ of the input" => model.AttachInputIa3(name),
            "own" => model.AttachScaledRows(name: name),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "No such method."),
        };
        return LoraContractTests.Shaken(adapter, seed);
    }
}
