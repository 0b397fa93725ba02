using Models.Onnx;
using static TorchSharp.torch;

namespace FineTuning.MiniLm;

/// <summary>The weights of an ONNX file, by the names of the PyTorch model that it was exported from.</summary>
/// <remarks>
/// The export has numbers instead of names for the matrices of linear layers. The graph says which is which: the output of MatMul(x, matrix) is added to the
/// bias of the same layer, whose name it has. The matrix is [in, out], and a linear layer has [out, in].
/// </remarks>
internal static class OnnxWeights
{
    public static Dictionary<string, Tensor> Read(Stream model)
    {
        var graph = OnnxGraph.Read(model);
        var layers = LayersOfMatrices(graph.Nodes);
        var weights = new Dictionary<string, Tensor>();
        foreach (var (name, values) in graph.Weights)
        {
            var layer = layers.GetValueOrDefault(name);
            weights.Add(layer is null ? name : $"{layer}.weight", layer is null ? values : values.transpose(0, 1));
        }

        return weights;
    }

    private static Dictionary<string, string> LayersOfMatrices(IReadOnlyList<OnnxNode> nodes)
    {
        var matrices = nodes.Where(node => node.Operator == "MatMul").ToDictionary(node => node.Outputs[0], node => node.Inputs[1]);
        var layers = new Dictionary<string, string>();
        foreach (var sum in nodes.Where(node => node.Operator == "Add"))
        {
            if (sum.Inputs.FirstOrDefault(name => name.EndsWith(".bias", StringComparison.Ordinal)) is { } bias
                && sum.Inputs.Select(name => matrices.GetValueOrDefault(name)).FirstOrDefault(name => name is not null) is { } matrix)
                layers.Add(matrix, bias[..^".bias".Length]);
        }

        return layers;
    }
}
