using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>What adapters need to know of a layer that computes y = x·Wᵀ (+ b), whoever wrote it.</summary>
internal sealed class LinearLayer
{
    private readonly Func<Tensor?> _weight;

    public LinearLayer(nn.Module<Tensor, Tensor> module, long inFeatures, long outFeatures, Func<Tensor?> weight)
    {
        Module = module;
        InFeatures = inFeatures;
        OutFeatures = outFeatures;
        _weight = weight;
    }

    public nn.Module<Tensor, Tensor> Module { get; }

    public long InFeatures { get; }

    public long OutFeatures { get; }

    /// <summary>Asked for anew each time: moving a model replaces its parameters.</summary>
    public Tensor? Weight => _weight();

    /// <summary>Where its adapters belong: with its weight, or with whatever tensor it has.</summary>
    public Device Device => (Weight ?? Module.parameters().FirstOrDefault() ?? Module.buffers().FirstOrDefault())?.device ?? CPU;

    /// <summary>Elements that no parameter of the module stands for: a weight kept as a buffer, or quantised.</summary>
    public long UnregisteredElements => Weight is Parameter ? 0 : InFeatures * OutFeatures;
}
