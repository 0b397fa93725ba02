using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Options of an Embedding that TorchSharp keeps to itself.</summary>
/// <param name="PaddingIndex">The row that never gets a gradient; null where every row does.</param>
/// <param name="LimitsNorms">Whether it was made with a max_norm: rows are shortened as they are looked up.</param>
internal sealed record EmbeddingOptions(long? PaddingIndex, bool LimitsNorms)
{
    private const float Long = 1e30f;

    private static readonly ConditionalWeakTable<Embedding, EmbeddingOptions> Known = [];

    /// <summary>They can't change, so an Embedding is asked once.</summary>
    public static EmbeddingOptions Of(Embedding embedding) => Known.GetValue(embedding, Observe);

    /// <summary>
    /// Looks every row of a table of one column up and sees what becomes of it, in forward and backward. The model's own table is put aside for that
    /// moment: its gradient would be as large as itself, and max_norm changes what is looked up.
    /// </summary>
    private static EmbeddingOptions Observe(Embedding embedding)
    {
        using var scope = NewDisposeScope();
        // Also where the caller is in inference mode, in which nothing has a gradient.
        using var normal = inference_mode(false);
        using var gradients = enable_grad();

        // The one that the module registers at the end, so it must outlive the scope.
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
