using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>The stages in which it computes.</content>
public abstract partial record AdapterMethod
{
    /// <summary>How its adapters stand in PEFT's files.</summary>
    internal virtual PeftMethod Peft => OwnPeft.Instance;

    /// <summary>Whether its sites set the layer's weight for the time of a call, instead of acting on input and output.</summary>
    internal virtual bool IsReparametrized => false;

    /// <summary>Gives the parameters of a site their first values. It is called without gradients, and may read the layer's weight.</summary>
    protected internal abstract void Start(Site site);

    /// <summary>Gives what all sites share its first values, before the sites get theirs.</summary>
    protected internal virtual void StartShared(ParameterSet shared)
    {
    }

    /// <summary>What the layer is to read instead of the input; <paramref name="input"/> itself where it is left as it is, which is the default.</summary>
    protected internal virtual Tensor OnInput(LayerCall call, Tensor input) => input;

    /// <summary>What the layer is to give instead of the output; <paramref name="output"/> itself, which is the default, or a new tensor.</summary>
    /// <param name="call">The site and the layer that is called.</param>
    /// <param name="input">The input before <see cref="OnInput"/>.</param>
    /// <param name="output">The output of the layer with the adapters that were attached before.</param>
    protected internal virtual Tensor OnOutput(LayerCall call, Tensor input, Tensor output) => output;

    /// <summary>What a site adds to the loss: a scalar; null, the default, for nothing.</summary>
    protected internal virtual Tensor? Penalty(Site site) => null;

    /// <summary>What a site does after an optimizer's step.</summary>
    /// <param name="site">The site.</param>
    /// <param name="step">How many steps were taken, this one included.</param>
    protected internal virtual void AfterStep(Site site, long step)
    {
    }

    /// <summary>Throws where an option can't work.</summary>
    /// <param name="place">What the options belong to, as messages name it.</param>
    /// <exception cref="ArgumentException">The message names the place, the option and its value.</exception>
    internal void Validate(string place)
    {
        if (Faults().FirstOrDefault() is { } fault)
            throw new ArgumentException($"{place}: {fault.Message}.");
    }

    /// <summary>Makes the site's parameters, on the layer's device; nothing is hooked yet.</summary>
    internal Site CreateSite(string path, BaseLayer layer, ScalarType? dtype)
    {
        var facts = layer.Facts with { Path = path };
        if (Unsupported(facts) is { } fault)
            throw new ArgumentException($"{path}: {fault.Message}.");

        // A layer of the user's own may compute what a Linear does, and keep its weight elsewhere.
        if (IsReparametrized && layer.Module is not TorchSharp.Modules.Linear)
            throw new ArgumentException($"{path}: Reparametrize sets the weight of TorchSharp's Linear, but the layer is a {layer.Module.GetName()}.");

        return NewSite(facts, layer, dtype);
    }

    private protected virtual Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype) => new(facts, layer, this, dtype);
}

/// <content>The weight that does what its sites do.</content>
public abstract partial record MergeableMethod
{
    /// <summary>
    /// The layer's weight and bias with the site's effect in them: new tensors, or those of <paramref name="weights"/> where they stay as they are. A linear
    /// layer with the result must do what the layer with <paramref name="weights"/> does between <see cref="AdapterMethod.OnInput"/> and
    /// <see cref="AdapterMethod.OnOutput"/>.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="weights">What the layer has with the adapters that were attached before, in at least float32.</param>
    /// <param name="baseWeights">What it has without any adapter.</param>
    protected internal abstract LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights);
}
