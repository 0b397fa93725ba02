using LoraGen.Sites;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A layer that can be adapted, built-in or user-defined. Each kind of layer has its own class, with the operations that methods need on that kind.
/// </summary>
public abstract class BaseLayer
{
    private protected BaseLayer(nn.Module<Tensor, Tensor> module) => Module = module;

    /// <summary>The layer itself.</summary>
    public nn.Module<Tensor, Tensor> Module { get; }

    /// <summary>Its kind and sizes.</summary>
    public abstract LayerFacts Facts { get; }

    /// <summary>
    /// Its weight, read again each time because moving a model replaces its parameters; null if it doesn't expose one, and while it is quantised.
    /// </summary>
    public abstract Tensor? Weight { get; }

    /// <summary>Its bias, read again each time; null if it has none.</summary>
    public virtual Tensor? Bias => null;

    /// <summary>Its name in messages: <c>Conv2d</c>.</summary>
    internal string Kind => Facts.Name;

    /// <summary>Whether methods can read the values of the weight: it is a floating-point tensor, or LoraGen has quantised it.</summary>
    internal bool HasReadableWeight => QuantizedLayer.Of(Module) is not null || (Weight is { } weight && weight.is_floating_point());

    internal virtual ScalarType? WeightType => Weight?.dtype;

    /// <summary>The device for its adapters: that of its weight, or of any of its tensors.</summary>
    internal virtual Device Device => (Weight ?? Module.parameters().FirstOrDefault() ?? Module.buffers().FirstOrDefault())?.device ?? CPU;

    /// <summary>The number of elements that are not in any parameter of the module.</summary>
    internal virtual long UnregisteredElements => 0;

    /// <summary>
    /// Whether each output is a new tensor that nothing else uses, as that of TorchSharp's layers. A user-defined layer may return its input, or a tensor that
    /// it keeps: those are neither changed in place nor disposed.
    /// </summary>
    internal virtual bool OutputIsNew => true;

    /// <summary>The layer's output for an input with another weight of the same shape, without the bias. A new tensor.</summary>
    public abstract Tensor Apply(Tensor input, Tensor weight);

    /// <summary>A vector with one value per output, in the shape that multiplies the layer's output. A view.</summary>
    public abstract Tensor AlongOutput(Tensor vector);

    /// <summary>A vector with one value per input, in the shape that multiplies the layer's input. A view.</summary>
    /// <exception cref="NotSupportedException">The layer is an Embedding, whose inputs are row numbers.</exception>
    public abstract Tensor AlongInput(Tensor vector);

    /// <summary>A vector with one value per output, in the shape that multiplies the layer's weight. A view.</summary>
    public abstract Tensor AlongWeightOutput(Tensor vector);

    /// <summary>A vector with one value per input, in the shape that multiplies the layer's weight.</summary>
    public abstract Tensor AlongWeightInput(Tensor vector);

    /// <summary>The layer's weight, or a tensor of its shape, as a matrix with one row per output: a view, or the tensor itself.</summary>
    public abstract Tensor Rows(Tensor weight);

    /// <summary>The product of the factor A [rank, …] and the input, in the form that <see cref="AddUp"/> takes. A new tensor.</summary>
    internal abstract Tensor Down(Tensor input, Tensor a);

    /// <summary>output + B(hidden). Returns <paramref name="output"/> itself if it could be changed in place.</summary>
    internal abstract Tensor AddUp(Tensor output, Tensor hidden, Tensor b);

    /// <summary>
    /// The result of <see cref="Down"/> with one more value that is the same everywhere, so that B can have a bias as a column. A new tensor.
    /// </summary>
    internal virtual Tensor Extended(Tensor hidden, Scalar value) => throw new NotSupportedException($"B has no bias on a layer of kind {Kind}.");

    /// <summary>B·A in the weight's shape. A new tensor.</summary>
    /// <exception cref="InvalidOperationException">No weight of this layer can represent A and B.</exception>
    internal abstract Tensor Product(string path, Tensor a, Tensor b);

    /// <summary>Throws if a user-defined layer's weight doesn't have the shape that its sizes need.</summary>
    internal virtual void EnsureConsistent(string path)
    {
    }

    /// <summary>Throws if the layer uses its weight in a way that makes merging incorrect.</summary>
    internal virtual void EnsureMergeable(string path)
    {
    }

    /// <summary>Whether a parameter of the module is its weight, as opposed to its bias.</summary>
    internal virtual bool IsWeight(BaseParameter parameter) => Weight?.Handle == parameter.Parameter.Handle;

    /// <summary>Whether another layer with the same weight uses it in the same way, so that one site can serve both.</summary>
    internal virtual bool IsLike(BaseLayer other) => GetType() == other.GetType();
}
