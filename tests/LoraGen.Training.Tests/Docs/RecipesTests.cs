using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Docs;

/// <summary>The functions of docs/recipes.md.</summary>
public sealed class RecipesTests
{
    [Theory, InlineData(0.3), InlineData(0.5), InlineData(1)]
    public void Pruning_sets_the_smallest_weights_of_each_matrix_to_zero(double share)
    {
        random.manual_seed(1);
        using var model = new Net();
        var before = Values(model);
        Prune(model, share);

        foreach (var (name, values) in Values(model))
        {
            var old = before[name];
            var zeros = name.EndsWith("weight", StringComparison.Ordinal) && name != "norm.weight" ? (int)Math.Ceiling(share * old.Length) : 0;
            var smallest = old.Order(Comparer<float>.Create((one, other) => Math.Abs(one).CompareTo(Math.Abs(other)))).Take(zeros).ToHashSet();
            Assert.Equal(old.Select(value => smallest.Contains(value) ? 0 : value), values.Select(value => value == 0 ? 0 : value));
        }
    }

    private static Dictionary<string, float[]> Values(nn.Module model)
    {
        return model.named_parameters().ToDictionary(named => named.name, named => named.parameter.data<float>().ToArray());
    }

    private static void Prune(nn.Module model, double share)
    {
        using var noGrad = no_grad();
        foreach (var (_, weight) in model.named_parameters().Where(named => named.parameter.dim() > 1))
        {
            using var scope = NewDisposeScope();
            var sizes = weight.abs();
            var limit = sizes.flatten().kthvalue((long)Math.Ceiling(share * sizes.numel()), 0).values;
            weight.mul_(sizes.gt(limit));
        }
    }
}
