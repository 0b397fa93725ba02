namespace LoraGen;

/// <summary>What a method needs to know of a layer to say which parameters it adds there.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">What messages call it: <c>Conv2d</c>.</param>
/// <param name="Inputs">Size of the input: a Linear's in_features, an Embedding's num_embeddings, a convolution's in_channels.</param>
/// <param name="Outputs">Size of the output: out_features, embedding_dim, out_channels.</param>
/// <param name="Kernel">A convolution's kernel_size; else empty.</param>
/// <param name="Groups">A convolution's groups; else 1.</param>
public sealed record LayerFacts(LayerKind Kind, string Name, long Inputs, long Outputs, IReadOnlyList<long> Kernel, long Groups = 1)
{
    /// <summary>Its path in the model, such as <c>layers.0.attn.q_proj</c>.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Elements of the weight.</summary>
    internal long WeightElements => Outputs * (Inputs / Groups) * KernelElements;

    /// <summary>The most directions that a change of the weight, of each group's part, has.</summary>
    internal long FullRank => Math.Min(Outputs, Inputs * KernelElements * Groups);

    private long KernelElements => Kernel.Aggregate(1L, (product, size) => product * size);
}
