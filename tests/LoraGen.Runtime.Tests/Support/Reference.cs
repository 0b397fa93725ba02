using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Support;

/// <summary>What LoRA is by its paper, written out: x·Wᵀ + b + s·(x·Aᵀ)·Bᵀ.</summary>
internal static class Reference
{
    public static Tensor Output(LoraSite site, Tensor input) => Base(site, input) + Delta(site, input);

    public static Tensor Base(LoraSite site, Tensor input)
    {
        var linear = (Linear)site.Module;
        return nn.functional.linear(input, linear.weight, linear.bias);
    }

    public static Tensor Delta(LoraSite site, Tensor input) => input.matmul(site.A.t()).matmul(site.B.t()) * (Scalar)site.Scaling;

    /// <summary>W + s·B·A in float32 or wider, rounded once to the weight's type.</summary>
    public static Tensor Merged(LoraSite site)
    {
        var weight = ((Linear)site.Module).weight;
        var delta = site.B.matmul(site.A) * (Scalar)site.Scaling;
        return (weight.to(delta.dtype) + delta).to(weight.dtype).detach();
    }
}
