using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Graphs;

/// <summary>The forward of a bottleneck adapter as a module of plain layers, which PEFT doesn't have.</summary>
internal static class AdapterHubGraph
{
    /// <summary><c>h = h + up(relu(down(h)))</c>.</summary>
    /// <param name="baseLayer">The frozen module.</param>
    /// <param name="x">Its input.</param>
    /// <param name="down">[bottleneck, width].</param>
    /// <param name="downBias">[bottleneck].</param>
    /// <param name="up">[width, bottleneck].</param>
    /// <param name="upBias">[width].</param>
    public static Tensor Bottleneck(Module<Tensor, Tensor> baseLayer, Tensor x, Tensor down, Tensor downBias, Tensor up, Tensor upBias)
    {
        using var output = baseLayer.forward(x);
        using var hidden = functional.linear(output, down, downBias);
        using var active = functional.relu(hidden);
        using var change = functional.linear(active, up, upBias);
        return output + change;
    }
}
