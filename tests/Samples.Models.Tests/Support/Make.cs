using static TorchSharp.torch;

namespace Samples.Models.Tests.Support;

/// <summary>Seeded models and numbers.</summary>
internal static class Make
{
    /// <summary>A model whose every parameter is random, the norms' and the biases' too, so that none can be mistaken or left out.</summary>
    public static T Model<T>(Func<T> create, int seed = 1)
        where T : nn.Module
    {
        random.manual_seed(seed);
        var model = create();
        using var noGrad = no_grad();
        foreach (var (name, parameter) in model.named_parameters())
        {
            var isScale = name.Contains("norm", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".weight", StringComparison.Ordinal);
            parameter.copy_(randn(parameter.shape) * 0.25 + (isScale ? 1 : 0));
        }

        model.eval();
        return model;
    }

    public static long[] Ids(Random random, int count, long vocabulary) => [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(vocabulary))];

    /// <summary>Rows of one length as a tensor [rows, length].</summary>
    public static Tensor Batch(params long[][] rows) => tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);

    public static Tensor Batch(params double[][] rows) => tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);
}
