namespace LoraGen;

/// <summary>The options of the methods that add a low-rank product to a layer's weight.</summary>
public abstract class LowRankAttribute : LayerAdapterAttribute
{
    private protected LowRankAttribute()
    {
    }

    private protected LowRankAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>Rows of A and columns of B; at least 1, and a multiple of a convolution's groups. Default 8.</summary>
    public int Rank { get; set; } = LowRankMethod.DefaultRank;

    /// <summary>Numerator of the scaling alpha / rank; positive. Default: the rank, so a scaling of 1.</summary>
    public double Alpha { get; set; } = double.NaN;

    /// <summary>Probability in [0, 1) with which an input of A is zeroed while the layer is in training mode; not used for an Embedding. Default 0.</summary>
    public double Dropout { get; set; }

    /// <summary>Scales by alpha / √rank instead of alpha / rank (rsLoRA: Kalajdzievski 2023, arXiv:2312.03732).</summary>
    public bool RankStabilized { get; set; }

    /// <summary>The initial values of A; zeros for an Embedding. Default <see cref="LoraInit.KaimingUniform"/>.</summary>
    public LoraInit InitA { get; set; } = LoraInit.KaimingUniform;

    /// <summary>
    /// The initial values of B; normal with deviation 1 for an Embedding. Default <see cref="LoraInit.Zeros"/>, which leaves the model's output unchanged
    /// until the first step.
    /// </summary>
    public LoraInit InitB { get; set; } = LoraInit.Zeros;

    /// <summary>
    /// Sets the layer's weight to the changed one during a call of the model, instead of changing the layer's output. For layers whose calls LoraGen can't
    /// see: called by <c>.forward</c> in another assembly, or whose weight is used directly. It costs a product and a tensor of the weight's size per layer
    /// and call; the model itself must be called by <c>.call</c>, or by <c>.forward</c> in this project. Default false.
    /// </summary>
    public bool Reparametrize { get; set; }
}
