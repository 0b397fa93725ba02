using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Graphs;

/// <content>Trainable tokens.</content>
internal static partial class PeftGraph
{
    /// <summary>
    /// <c>embedding(x, weight.index_copy(0, token_indices, delta))</c>. TorchSharp has no functional embedding, so the rows are looked up by its operator
    /// <c>index_select</c>.
    /// </summary>
    /// <param name="weight">The frozen weight: [tokens, width].</param>
    /// <param name="ids">The ids of the tokens.</param>
    /// <param name="numbers">The numbers of the trained rows.</param>
    /// <param name="rows">The trained rows: [numbers, width].</param>
    public static Tensor TrainableTokens(Tensor weight, Tensor ids, long[] numbers, Tensor rows)
    {
        using var changed = WithRows(weight, numbers, rows);
        using var flat = ids.reshape(-1);
        using var found = changed.index_select(0, flat);
        return found.view([.. ids.shape, weight.shape[1]]);
    }

    /// <summary><c>linear(x, weight.index_copy(0, token_indices, delta))</c>, on a Linear without a bias.</summary>
    public static Tensor TrainableTokensOfHead(Tensor weight, Tensor x, long[] numbers, Tensor rows)
    {
        using var changed = WithRows(weight, numbers, rows);
        return functional.linear(x, changed);
    }

    private static Tensor WithRows(Tensor weight, long[] numbers, Tensor rows)
    {
        using var index = tensor(numbers, device: weight.device);
        return weight.index_copy(0, index, rows);
    }
}
