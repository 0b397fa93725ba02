namespace LoraGen;

/// <summary>The facts about a layer that determine the parameters of a method.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The kind's name in messages, such as <c>Conv2d</c>.</param>
/// <param name="Inputs">The size of the input: a Linear's in_features, an Embedding's num_embeddings, a convolution's in_channels.</param>
/// <param name="Outputs">The size of the output: out_features, embedding_dim, out_channels.</param>
/// <param name="Kernel">A convolution's kernel_size; otherwise empty.</param>
/// <param name="Groups">A convolution's groups; otherwise 1.</param>
public sealed record LayerFacts(LayerKind Kind, string Name, long Inputs, long Outputs, IReadOnlyList<long> Kernel, long Groups = 1)
{
    /// <summary>The layer's path in the model, such as <c>layers.0.attn.q_proj</c>.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Whether the layer has a bias; null if that isn't known at compile time.</summary>
    internal bool? HasBias { get; init; }

    /// <summary>The layer with its sizes: <c>Conv2d(16 → 32, kernel 3 × 3, groups 4)</c>.</summary>
    internal string Text
    {
        get
        {
            var kernel = Kernel.Count == 0 ? string.Empty : $", kernel {string.Join(" × ", Kernel.Select(size => Numbers.Text(size)))}";
            var groups = Groups == 1 ? string.Empty : $", groups {Numbers.Text(Groups)}";
            return $"{Name}({Numbers.Text(Inputs)} → {Numbers.Text(Outputs)}{kernel}{groups})";
        }
    }

    /// <summary>The number of elements of the weight.</summary>
    internal long WeightElements => Outputs * (Inputs / Groups) * KernelElements;

    /// <summary>The maximal rank of a change of the weight, or of each group's part.</summary>
    internal long FullRank => Math.Min(Outputs, Inputs * KernelElements * Groups);

    private long KernelElements => Kernel.Aggregate(1L, (product, size) => product * size);
}
