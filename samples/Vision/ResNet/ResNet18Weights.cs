using Models.Onnx;
using static TorchSharp.torch;

namespace Vision.ResNet;

/// <summary>The weights of the network's ONNX file, by the names of the model.</summary>
/// <remarks>
/// In the file they are numbered. What each is follows from the graph alone: a convolution's weight is an input of its node, the norm is the node that reads the
/// convolution's output, and a block begins where a value is read by a convolution and, past it, by an addition. Stages begin with a 1×1 convolution.
/// </remarks>
internal sealed class ResNet18Weights
{
    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, Tensor> _weights = [];

    private ResNet18Weights(OnnxGraph graph) => _graph = graph;

    public static Dictionary<string, Tensor> Read(OnnxGraph graph)
    {
        var weights = new ResNet18Weights(graph);
        weights.Name();
        return weights._weights;
    }

    private void Name()
    {
        var value = Convolution(Readers(_graph.Inputs.Single(), "Conv").Single(), "conv1", "bn1");
        value = After(After(value, "Relu"), "MaxPool");
        for (var (stage, block) = (1, 0); Readers(value, "Conv").ToList() is { Count: > 0 } convolutions; block++)
        {
            if (convolutions.SingleOrDefault(IsPointwise) is { } shortcut)
            {
                (stage, block) = (stage + 1, 0);
                Convolution(shortcut, $"layer{stage}.0.downsample.0", $"layer{stage}.0.downsample.1");
            }

            var path = $"layer{stage}.{block}";
            value = Convolution(convolutions.Single(node => !IsPointwise(node)), $"{path}.conv1", $"{path}.bn1");
            value = Convolution(Readers(After(value, "Relu"), "Conv").Single(), $"{path}.conv2", $"{path}.bn2");
            value = After(After(value, "Add"), "Relu");
        }
    }

    // Names the weights of a convolution and of its norm, whose output it returns.
    private string Convolution(OnnxNode convolution, string path, string normPath)
    {
        var norm = Readers(convolution.Outputs[0], "BatchNormalization").Single();
        _weights.Add($"{path}.weight", _graph.Weights[convolution.Inputs[1]]);
        foreach (var (name, weight) in new[] { "weight", "bias", "running_mean", "running_var" }.Zip(norm.Inputs.Skip(1)))
            _weights.Add($"{normPath}.{name}", _graph.Weights[weight]);
        return norm.Outputs[0];
    }

    private bool IsPointwise(OnnxNode convolution) => _graph.Weights[convolution.Inputs[1]].shape[^1] == 1;

    private string After(string value, string @operator) => Readers(value, @operator).Single().Outputs[0];

    private IEnumerable<OnnxNode> Readers(string value, string @operator)
    {
        return _graph.Nodes.Where(node => node.Operator == @operator && node.Inputs.Contains(value));
    }
}
