using static TorchSharp.torch;

namespace LoraGen;

/// <content>The computation of the virtual tokens.</content>
public abstract partial record VirtualTokenMethod
{
    internal sealed override IReadOnlyList<ParameterSpec> AdapterParameters(nn.Module model, IReadOnlyList<LayerFacts> layers)
    {
        var (width, count) = SizesOf(model);
        return Specs(width, count);
    }

    internal override void StartAdapter(nn.Module model, ParameterSet parameters) => parameters.Start();

    /// <summary>Does nothing: there are no sites.</summary>
    protected internal sealed override void Start(Site site)
    {
    }

    /// <summary>Returns the virtual tokens, [tokens, width] or, for a prefix, [tokens, 2 · layers · size of a layer's keys].</summary>
    /// <param name="parameters">The adapter's parameters.</param>
    /// <param name="isTraining">Whether the model is in training mode.</param>
    internal virtual Tensor Table(ParameterSet parameters, bool isTraining) => parameters[0];

    /// <summary>Returns the keys and values of each layer in turn, [2 · layers, head, tokens, size of a head].</summary>
    internal virtual Tensor Prefix(nn.Module model, ParameterSet parameters, bool isTraining) => throw new NotSupportedException($"{Label} has no prefix.");

    /// <summary>Returns the size of an embedding or of a layer's keys, and the number of layers, as the model says.</summary>
    /// <exception cref="InvalidOperationException">The model doesn't implement the interface, or a size is not positive.</exception>
    internal abstract (long Width, long Layers) SizesOf(nn.Module model);

    /// <summary>Returns the maximum number of tokens; <see cref="long.MaxValue"/> if the model says none.</summary>
    internal abstract long MaxPositions(nn.Module model);
}
