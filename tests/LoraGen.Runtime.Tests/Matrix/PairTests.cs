using LoraGen.Runtime.Tests.Methods;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Matrix;

/// <summary>
/// Every pair of methods on one layer: merging either changes nothing that the model computes, or is refused for a reason that the documentation gives.
/// </summary>
public sealed class PairTests
{
    // These train the base model's own parameters, of which no two adapters can train the same at a time.
    private static readonly string[] TrainWeight = ["Freeze", "full fine-tuning"];
    private static readonly string[] TrainBias = [.. TrainWeight, "BitFit"];

    // These change the bias when they are merged.
    private static readonly string[] MergeBias = ["IA³", "GLoRA"];

    public static IEnumerable<object[]> Pairs =>
        from first in MethodRow.All
        from second in MethodRow.All
        select new object[] { first.Label, second.Label };

    [Theory, MemberData(nameof(Pairs))]
    public void Together_they_compute_what_they_do_merged(string first, string second)
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var before = ModelState.Of(model);
        using var one = Shaken(Row(first).Attach(model, "one"), 11);
        if (Array.IndexOf(TrainBias, first) >= 0 && Array.IndexOf(TrainBias, second) >= 0)
        {
            Assert.Contains(
                "two can't be in use at once",
                Assert.Throws<InvalidOperationException>(() => Row(second).Attach(model, "two")).Message,
                StringComparison.Ordinal);
            one.Detach();
            Assert.Equal(before, ModelState.Of(model));
            return;
        }

        using var two = Shaken(Row(second).Attach(model, "two"), 23);
        var active = Output(model);
        Merge(one, first, second, model, active);
        Merge(two, second, first, model, active);
        foreach (var adapter in new[] { two, one }.OfType<Adapter>().Where(adapter => adapter.IsMerged))
        {
            adapter.Unmerge();
            Expect.Close(active, Output(model), 5e-5, $"without {adapter.Name} in the weight");
        }

        Expect.Close(active, Output(model), 2e-6);
        one.Detach();
        two.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    private static void Merge(AdapterBase adapter, string method, string other, OneLayer model, Tensor active)
    {
        if (adapter is not Adapter mergeable)
            return;

        var bits = ModelState.BitsOf(model);
        try
        {
            mergeable.Merge();
        }
        catch (InvalidOperationException refused)
        {
            Assert.Equal(bits, ModelState.BitsOf(model));
            var isTrained = Array.IndexOf(TrainBias, method) < 0
                && (Array.IndexOf(TrainWeight, other) >= 0 || (Array.IndexOf(TrainBias, other) >= 0 && Array.IndexOf(MergeBias, method) >= 0));
            var isAfterUnmergeable = Row(other).NotMergeable is not null;
            Assert.True(isTrained || isAfterUnmergeable || refused.Message.Contains("in the order of attaching", StringComparison.Ordinal), refused.Message);
            return;
        }

        Expect.Close(active, Output(model), 5e-5, $"with {adapter.Name} in the weight");
    }

    private static MethodRow Row(string label) => MethodRow.All.Single(row => row.Label == label);

    private static Tensor Output(OneLayer model) => model.forward(OneLayer.Input("Linear")).detach();

    private static AdapterBase Shaken(AdapterBase adapter, int seed)
    {
        using var noGrad = no_grad();
        foreach (var parameter in adapter.TrainedParameters())
            parameter.add_(Make.Normal(seed++, parameter.shape).mul(0.2));
        return adapter;
    }
}
