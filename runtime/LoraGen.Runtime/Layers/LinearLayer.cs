using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>A layer that computes y = x·Wᵀ (+ b).</summary>
internal sealed class LinearLayer(nn.Module<Tensor, Tensor> module, long inFeatures, long outFeatures, Func<Tensor?> weight) : BaseLayer(module)
{
    public override LayerFacts Facts { get; } = new(LayerKind.Linear, module.GetName(), inFeatures, outFeatures, []);

    public override Tensor? Weight => weight();

    /// <summary>A weight kept as a buffer, or quantised.</summary>
    public override long UnregisteredElements => Weight is Parameter ? 0 : Facts.Inputs * Facts.Outputs;
}
