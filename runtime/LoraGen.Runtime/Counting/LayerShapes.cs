using System.ComponentModel;

namespace LoraGen;

/// <summary>A layer that was not made, of a kind that can be adapted. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LayerShape : ModuleShape
{
    private protected LayerShape()
    {
    }

    internal abstract string Kind { get; }

    /// <summary>Whether an adapter without targets is for it.</summary>
    internal virtual bool IsAdaptedUntargeted => false;

    /// <summary>Whether another layer, which has the same weight, does the same with it, so that one site can stand for both.</summary>
    internal virtual bool IsLike(LayerShape other) => GetType() == other.GetType();
}

/// <summary>A <c>Linear</c> that was not made. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LinearShape : LayerShape
{
    internal LinearShape(long inFeatures, long outFeatures, bool hasBias)
    {
        (InFeatures, OutFeatures) = (inFeatures, outFeatures);
        Weight = new ParameterShape(outFeatures, inFeatures);
        Bias = hasBias ? new ParameterShape(outFeatures) : null;
    }

    internal long InFeatures { get; }

    internal long OutFeatures { get; }

    internal override string Kind => "Linear";

    internal override bool IsAdaptedUntargeted => true;
}

/// <summary>An <c>Embedding</c> that was not made. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EmbeddingShape : LayerShape
{
    internal EmbeddingShape(long numEmbeddings, long embeddingDim)
    {
        (NumEmbeddings, EmbeddingDim) = (numEmbeddings, embeddingDim);
        Weight = new ParameterShape(numEmbeddings, embeddingDim);
    }

    internal long NumEmbeddings { get; }

    internal long EmbeddingDim { get; }

    internal override string Kind => "Embedding";
}

/// <summary>A <c>Conv1d</c>, <c>Conv2d</c> or <c>Conv3d</c> that was not made. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ConvolutionShape : LayerShape
{
    private readonly int _dimensions;

    internal ConvolutionShape(long inChannels, long outChannels, long[] kernel, long groups, bool hasBias)
    {
        if (groups < 1)
            throw new ArgumentException($"A convolution can't have {groups} groups.", nameof(groups));
        (InChannels, OutChannels, Groups, _dimensions) = (inChannels, outChannels, groups, kernel.Length);
        KernelElements = kernel.Aggregate(1L, (product, size) => checked(product * size));
        Weight = new ParameterShape([outChannels, inChannels / groups, .. kernel]);
        Bias = hasBias ? new ParameterShape(outChannels) : null;
    }

    internal long InChannels { get; }

    internal long OutChannels { get; }

    internal long Groups { get; }

    /// <summary>Sizes of the kernel, multiplied.</summary>
    internal long KernelElements { get; }

    internal override string Kind => $"Conv{_dimensions}d";

    internal override bool IsLike(LayerShape other)
    {
        return other is ConvolutionShape convolution && (convolution._dimensions, convolution.Groups) == (_dimensions, Groups);
    }
}
