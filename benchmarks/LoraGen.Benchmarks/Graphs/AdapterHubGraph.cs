using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Graphs;

/// <summary>The forward of a bottleneck adapter of the library Adapters (AdapterHub), operator for operator. PEFT doesn't have one.</summary>
internal static class AdapterHubGraph
{
    /// <summary>
    /// <c>up = adapter_up(relu(adapter_down(h))) * scaling; h = up + h</c>, with a constant scaling, which is multiplied even if it is 1. A dropout of 0 is no
    /// operator.
    /// </summary>
    /// <param name="baseLayer">The frozen module.</param>
    /// <param name="x">Its input.</param>
    /// <param name="down">[bottleneck, width].</param>
    /// <param name="downBias">[bottleneck].</param>
    /// <param name="up">[width, bottleneck].</param>
    /// <param name="upBias">[width].</param>
    /// <param name="scaling">The factor of the change.</param>
    public static Tensor Bottleneck(
        Module<Tensor, Tensor> baseLayer, Tensor x, Tensor down, Tensor downBias, Tensor up, Tensor upBias, Scalar scaling)
    {
        using var output = baseLayer.forward(x);
        using var change = Change(output, down, downBias, up, upBias, scaling);
        return change + output;
    }

    private static Tensor Change(Tensor output, Tensor down, Tensor downBias, Tensor up, Tensor upBias, Scalar scaling)
    {
        using var hidden = functional.linear(output, down, downBias);
        using var active = functional.relu(hidden);
        using var change = functional.linear(active, up, upBias);
        return change * scaling;
    }
}
