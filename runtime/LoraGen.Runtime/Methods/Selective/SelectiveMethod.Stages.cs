using static TorchSharp.torch;

namespace LoraGen;

/// <content>Which parameters are trained.</content>
public abstract partial record SelectiveMethod
{
    /// <summary>What the method trains, for messages: <c>biases</c>.</summary>
    internal abstract string Trained { get; }

    /// <summary>The part of the tensors' names in PEFT's files between the module's path and the parameter's name.</summary>
    internal virtual string KeyPart => string.Empty;

    /// <summary>Whether PEFT trains a copy of the module, so that it counts both.</summary>
    internal virtual bool IsCopied => false;

    /// <summary>Does nothing: the parameters have the base model's values.</summary>
    protected internal sealed override void Start(Site site)
    {
    }

    /// <summary>Returns the weights: the base model has the trained values.</summary>
    protected internal sealed override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights) => weights;

    /// <summary>Whether a parameter or buffer of a selected module is trained.</summary>
    /// <param name="module">The module.</param>
    /// <param name="name">The name with which it is registered in the module.</param>
    /// <param name="isBuffer">Whether it is a buffer, whose values change in training mode.</param>
    internal abstract bool Trains(nn.Module module, string name, bool isBuffer);
}
