using System.Runtime.InteropServices;
using Google.Protobuf;
using static TorchSharp.torch;

namespace FineTuning.MiniLm;

/// <summary>The float32 weights of an ONNX file, by the names of the PyTorch model that it was exported from.</summary>
/// <remarks>
/// The export has numbers instead of names for the matrices of linear layers. The graph says which is which: the output of MatMul(x, matrix) is added to the
/// bias of the same layer, whose name it has. The matrix is [in, out], and a linear layer has [out, in].
/// </remarks>
internal static class OnnxWeights
{
    public static Dictionary<string, Tensor> Read(Stream model)
    {
        var graph = Fields(new CodedInputStream(model, leaveOpen: true)).Single(field => field.Number == 7).Bytes;
        var fields = Fields(graph.CreateCodedInput()).ToLookup(field => field.Number, field => field.Bytes);
        var layers = LayersOfMatrices([.. fields[1].Select(Node.Read)]);
        var weights = new Dictionary<string, Tensor>();
        foreach (var tensor in fields[5].Select(ReadTensor).Where(tensor => tensor.Values is not null))
        {
            var layer = layers.GetValueOrDefault(tensor.Name);
            weights.Add(layer is null ? tensor.Name : $"{layer}.weight", layer is null ? tensor.Values! : tensor.Values!.transpose(0, 1));
        }

        return weights;
    }

    private static Dictionary<string, string> LayersOfMatrices(IReadOnlyList<Node> nodes)
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

    // Of another type than float32 are only the constants of the graph's shapes.
    private static (string Name, Tensor? Values) ReadTensor(ByteString stored)
    {
        var fields = Fields(stored.CreateCodedInput()).ToLookup(field => field.Number);
        var name = fields[8].Single().Bytes.ToStringUtf8();
        if (fields[2].Single().Value != 1)
            return (name, null);
        if (!fields[9].Any())
            throw new NotSupportedException($"Tensor \"{name}\" is not stored as raw data.");

        var values = MemoryMarshal.Cast<byte, float>(fields[9].Single().Bytes.Span).ToArray();
        return (name, tensor(values, [.. fields[1].Select(dimension => dimension.Value)]));
    }

    private static IEnumerable<(int Number, long Value, ByteString Bytes)> Fields(CodedInputStream message)
    {
        while (message.ReadTag() is var tag and not 0)
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint)
                yield return (number, message.ReadInt64(), ByteString.Empty);
            else if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                yield return (number, 0, message.ReadBytes());
            else
                message.SkipLastField();
        }
    }

    private sealed record Node(string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
    {
        public static Node Read(ByteString node)
        {
            var texts = Fields(node.CreateCodedInput()).ToLookup(field => field.Number, field => field.Bytes);
            return new Node(texts[4].Single().ToStringUtf8(), [.. texts[1].Select(name => name.ToStringUtf8())], [.. texts[2].Select(name => name.ToStringUtf8())]);
        }
    }
}
