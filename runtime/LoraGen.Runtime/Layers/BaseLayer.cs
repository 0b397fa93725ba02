using static TorchSharp.torch;

namespace LoraGen;

/// <summary>What adapters need to know of a layer, whoever wrote it. Each kind of layer has a class of its own.</summary>
internal abstract class BaseLayer(nn.Module<Tensor, Tensor> module)
{
    public nn.Module<Tensor, Tensor> Module { get; } = module;

    /// <summary>Its kind and sizes.</summary>
    public abstract LayerFacts Facts { get; }

    /// <summary>What messages call it: <c>Conv2d</c>.</summary>
    public string Kind => Facts.Name;

    /// <summary>Whether an adapter without targets adapts it.</summary>
    public bool IsDefaultTarget => Facts.Kind == LayerKind.Linear;

    /// <summary>Asked for anew each time: moving a model replaces its parameters.</summary>
    public abstract Tensor? Weight { get; }

    public virtual ScalarType? WeightType => Weight?.dtype;

    /// <summary>Where its adapters belong: with its weight, or with whatever tensor it has.</summary>
    public virtual Device Device => (Weight ?? Module.parameters().FirstOrDefault() ?? Module.buffers().FirstOrDefault())?.device ?? CPU;

    /// <summary>Elements that no parameter of the module stands for.</summary>
    public virtual long UnregisteredElements => 0;

    /// <summary>Whether a parameter of the module is its weight, not its bias.</summary>
    public virtual bool IsWeight(BaseParameter parameter) => Weight?.Handle == parameter.Parameter.Handle;

    /// <summary>Whether another layer, which has the same weight, does the same with it, so that one site can stand for both.</summary>
    public virtual bool IsLike(BaseLayer other) => GetType() == other.GetType();
}
