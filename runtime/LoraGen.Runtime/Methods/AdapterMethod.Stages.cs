using LoraGen.Formats;
using LoraGen.Layers;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>The stages of the computation.</content>
public abstract partial record AdapterMethod
{
    /// <summary>The method's keys and names in PEFT's files.</summary>
    internal virtual PeftMethod Peft => new OwnPeft(this);

    /// <summary>Whether sites set the layer's weight during a call, instead of acting on its input and output.</summary>
    internal virtual bool IsReparametrized => false;

    /// <summary>Quantises the weight of a site's layer, before <see cref="Start"/>.</summary>
    internal virtual void QuantizeBase(Site site, BaseQuantization options) => QuantizedLayer.Quantize(site.Path, (LinearLayer)site.Layer, options);

    /// <summary>Initializes the parameters of a site. It is called under <c>no_grad</c>, and may read the layer's weight.</summary>
    protected internal abstract void Start(Site site);

    /// <summary>Initializes the parameters that all sites share. It is called before <see cref="Start"/>.</summary>
    protected internal virtual void StartShared(ParameterSet shared)
    {
    }

    /// <summary>Returns the parameters that an adapter has in addition to those of its sites.</summary>
    /// <param name="model">The base model.</param>
    /// <param name="layers">The adapted layers.</param>
    internal virtual IReadOnlyList<ParameterSpec> AdapterParameters(nn.Module model, IReadOnlyList<LayerFacts> layers) => SharedParameters(layers);

    /// <summary>Initializes these parameters. It is called under <c>no_grad</c>, before <see cref="Start"/>.</summary>
    internal virtual void StartAdapter(nn.Module model, ParameterSet parameters) => StartShared(parameters);

    /// <summary>Returns the input that the layer receives. The default is <paramref name="input"/> itself.</summary>
    protected internal virtual Tensor OnInput(LayerCall call, Tensor input) => input;

    /// <summary>Returns the output that replaces the layer's: <paramref name="output"/> itself, which is the default, or a new tensor.</summary>
    /// <param name="call">The site and the layer that is called.</param>
    /// <param name="input">The input before <see cref="OnInput"/>.</param>
    /// <param name="output">The output of the layer with the adapters that were attached earlier.</param>
    protected internal virtual Tensor OnOutput(LayerCall call, Tensor input, Tensor output) => output;

    /// <summary>Returns the scalar that a site adds to the loss; null, the default, for none.</summary>
    protected internal virtual Tensor? Penalty(Site site) => null;

    /// <summary>
    /// Acts before a step of the adapter's optimizer, when the gradients are there: it may change them. It is called under <c>no_grad</c>.
    /// </summary>
    protected internal virtual void BeforeStep(Site site)
    {
    }

    /// <summary>
    /// Acts after a step of the adapter's optimizer, when the gradients of that step are still there. It is called under <c>no_grad</c>.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="step">The number of steps so far, including this one.</param>
    protected internal virtual void AfterStep(Site site, long step)
    {
    }

    /// <summary>Returns a module that is not a layer as what the method can adapt; null, the default, if it can't.</summary>
    internal virtual BaseLayer? LayerOf(string path, nn.Module module) => null;

    /// <summary>Returns why the method can't adapt a module that is targeted, but not a layer; null, the default, if it is not meant.</summary>
    internal virtual string? RefusalOf(nn.Module module) => null;

    /// <summary>Whether one site can serve two targeted layers with the same weight.</summary>
    internal virtual bool SharesParameters(BaseLayer one, BaseLayer other) => one.IsLike(other);

    /// <summary>Throws if the gradients are such that the method can't go on with a step, before <see cref="BeforeStep"/> of each site.</summary>
    internal virtual void CheckStep(IReadOnlyList<Site> sites)
    {
    }

    /// <summary>Acts on all sites together, after <see cref="AfterStep"/> of each.</summary>
    internal virtual void EndStep(IReadOnlyList<Site> sites, long step)
    {
    }

    /// <summary>Sets the tensors of <see cref="StepState"/> when an optimizer is created. They are zero before.</summary>
    internal virtual void StartSteps(Site site)
    {
    }

    /// <summary>What the saved state of the adapter's optimizer has of a site.</summary>
    internal virtual IReadOnlyList<Tensor> SaveSteps(Site site) => site.StepState?.All ?? (IReadOnlyList<Tensor>)[];

    /// <summary>Whether tensors of the shapes of <see cref="SaveSteps"/> were saved with the values that a site has.</summary>
    internal virtual bool AreStepsOf(Site site, IReadOnlyList<Tensor> saved) => true;

    /// <summary>Sets a site from tensors of the shapes of <see cref="SaveSteps"/>.</summary>
    internal virtual void LoadSteps(Site site, IReadOnlyList<Tensor> saved)
    {
        foreach (var (tensor, value) in (site.StepState?.All ?? []).Zip(saved))
            tensor.copy_(value);
    }

    /// <summary>Throws if an option is invalid.</summary>
    /// <param name="place">The path to which the options belong, for the message.</param>
    /// <exception cref="ArgumentException">An option is invalid; the message names the path, the option and its value.</exception>
    internal void Validate(string place)
    {
        if (AllFaults().FirstOrDefault() is { } fault)
            throw new ArgumentException($"{place}: {fault.Message}.");
    }

    /// <summary>Returns why the method can't adapt the layer; null if it can.</summary>
    internal string? Refusal(string path, BaseLayer layer)
    {
        if (Unsupported(FactsOf(path, layer)) is { } fault)
            return fault.Message;
        if (FloatBase is { } reason && QuantizedLayer.Of(layer.Module) is not null)
            return $"the layer's weight is quantised, but {reason}. Call the model's Dequantize() before, or adapt the layer by LoRA";
        if (Base != Quantization.None && layer.Module is not TorchSharp.Modules.Linear)
            return $"Base quantises the weight of TorchSharp's Linear, but the layer is a {layer.Module.GetName()}";

        // A user-defined layer may have its weight anywhere.
        return IsReparametrized && layer.Module is not TorchSharp.Modules.Linear
            ? $"Reparametrize sets the weight of TorchSharp's Linear, but the layer is a {layer.Module.GetName()}"
            : null;
    }

    /// <summary>Creates a site with its parameters, on the layer's device. It registers no hook.</summary>
    internal Site CreateSite(string path, BaseLayer layer, ScalarType? dtype) => NewSite(FactsOf(path, layer), layer, dtype);

    private static LayerFacts FactsOf(string path, BaseLayer layer) => layer.Facts with { Path = path, HasBias = layer.Bias is not null };

    private protected virtual Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype) => new(facts, layer, this, dtype);
}

/// <content>Merging.</content>
public abstract partial record MergeableMethod
{
    /// <summary>
    /// Returns the layer's weight and bias with the site's effect: new tensors, or those of <paramref name="weights"/> if they don't change. The layer with the
    /// result must compute the same as <see cref="AdapterMethod.OnInput"/>, the layer with <paramref name="weights"/>, and
    /// <see cref="AdapterMethod.OnOutput"/>.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="weights">The weight and bias with the adapters that were attached earlier, in at least float32.</param>
    /// <param name="baseWeights">The weight and bias without any adapter.</param>
    protected internal abstract LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights);
}
