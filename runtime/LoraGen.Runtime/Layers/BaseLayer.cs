using static TorchSharp.torch;

namespace LoraGen;

/// <summary>A layer that can be adapted, whoever wrote it. Each kind of layer has a class of its own, with what methods need to compute on that kind.</summary>
public abstract class BaseLayer
{
    private protected BaseLayer(nn.Module<Tensor, Tensor> module) => Module = module;

    /// <summary>The layer itself.</summary>
    public nn.Module<Tensor, Tensor> Module { get; }

    /// <summary>Its kind and sizes.</summary>
    public abstract LayerFacts Facts { get; }

    /// <summary>Its weight, read again each time, since moving a model replaces its parameters; null where it keeps it to itself.</summary>
    public abstract Tensor? Weight { get; }

    /// <summary>Its bias, read again each time; null where it has none.</summary>
    public virtual Tensor? Bias => null;

    /// <summary>What messages call it: <c>Conv2d</c>.</summary>
    internal string Kind => Facts.Name;

    /// <summary>Whether an adapter without targets adapts it.</summary>
    internal bool IsDefaultTarget => Facts.Kind == LayerKind.Linear;

    internal virtual ScalarType? WeightType => Weight?.dtype;

    /// <summary>Where its adapters belong: with its weight, or with whatever tensor it has.</summary>
    internal virtual Device Device => (Weight ?? Module.parameters().FirstOrDefault() ?? Module.buffers().FirstOrDefault())?.device ?? CPU;

    /// <summary>Elements that no parameter of the module stands for.</summary>
    internal virtual long UnregisteredElements => 0;

    /// <summary>What the layer computes of an input with another weight of its shape, without the bias. A new tensor.</summary>
    public abstract Tensor Apply(Tensor input, Tensor weight);

    /// <summary>A vector with a value for each output, in the shape in which it multiplies the layer's output. A view.</summary>
    public abstract Tensor AlongOutput(Tensor vector);

    /// <summary>A vector with a value for each input, in the shape in which it multiplies the layer's input. A view.</summary>
    /// <exception cref="NotSupportedException">The layer is an Embedding, whose inputs are numbers of rows.</exception>
    public abstract Tensor AlongInput(Tensor vector);

    /// <summary>A vector with a value for each output, in the shape in which it multiplies the layer's weight. A view.</summary>
    public abstract Tensor AlongWeightOutput(Tensor vector);

    /// <summary>A vector with a value for each input, in the shape in which it multiplies the layer's weight.</summary>
    public abstract Tensor AlongWeightInput(Tensor vector);

    /// <summary>The layer's weight, or a tensor of its shape, as a matrix with a row for each output: a view, or the tensor itself.</summary>
    public abstract Tensor Rows(Tensor weight);

    /// <summary>What the small factor A [rank, …] makes of the input, in the form that <see cref="AddUp"/> takes. A new tensor.</summary>
    internal abstract Tensor Down(Tensor input, Tensor a);

    /// <summary>output + B(hidden). Returns <paramref name="output"/> itself where it could be changed in place.</summary>
    internal abstract Tensor AddUp(Tensor output, Tensor hidden, Tensor b);

    /// <summary>B·A in the weight's shape. A new tensor.</summary>
    /// <exception cref="InvalidOperationException">No weight of this layer can do what A and B do.</exception>
    internal abstract Tensor Product(string path, Tensor a, Tensor b);

    /// <summary>Throws where the layer does more with its weight than merging could be right for.</summary>
    internal virtual void EnsureMergeable(string path)
    {
    }

    /// <summary>Whether a parameter of the module is its weight, not its bias.</summary>
    internal virtual bool IsWeight(BaseParameter parameter) => Weight?.Handle == parameter.Parameter.Handle;

    /// <summary>Whether another layer, which has the same weight, does the same with it, so that one site can stand for both.</summary>
    internal virtual bool IsLike(BaseLayer other) => GetType() == other.GetType();
}
