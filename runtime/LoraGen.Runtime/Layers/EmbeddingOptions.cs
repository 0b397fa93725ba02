using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Layers;

/// <summary>Options of an Embedding that TorchSharp doesn't expose.</summary>
/// <param name="PaddingIndex">The row that never gets a gradient; null if every row does.</param>
/// <param name="LimitsNorms">Whether it was created with a max_norm: rows are shortened when they are looked up.</param>
internal sealed record EmbeddingOptions(long? PaddingIndex, bool LimitsNorms)
{
    private const float Long = 1e30f;

    private static readonly ConditionalWeakTable<Embedding, EmbeddingOptions> Known = [];

    /// <summary>The options of a layer, which can't change and are therefore read once.</summary>
    public static EmbeddingOptions Of(Embedding embedding) => Known.GetValue(embedding, Observe);

    /// <summary>
    /// Looks up every row of a table with one column and observes the result, forward and backward. The model's own table is replaced for that
    /// moment, because its gradient would be as large as the table, and max_norm changes the rows that are looked up.
    /// </summary>
    private static EmbeddingOptions Observe(Embedding embedding)
    {
        using var scope = NewDisposeScope();
        // This must also work in the caller's inference mode, in which nothing has a gradient.
        using var normal = inference_mode(false);
        using var gradients = enable_grad();

        // The module registers this parameter at the end, so it must outlive the scope.
        var own = embedding.weight!;
        own.DetachFromDisposeScope();
        var table = new Parameter(full(own.shape[0], 1, Long, dtype: ScalarType.Float32, device: own.device));
        try
        {
            embedding.weight = table;
            embedding.forward(arange(own.shape[0], dtype: ScalarType.Int64, device: own.device)).sum().backward();
        }
        finally
        {
            embedding.weight = own;
        }

        var gradient = table.grad!.is_sparse ? table.grad!.to_dense() : table.grad!;
        var row = gradient.flatten().argmin().item<long>();
        var isPadding = gradient[row, 0].item<float>() == 0;
        return new EmbeddingOptions(isPadding ? row : null, table.detach().ne(Long).any().item<bool>());
    }
}
