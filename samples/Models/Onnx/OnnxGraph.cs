using System.Runtime.InteropServices;
using Google.Protobuf;
using static TorchSharp.torch;

namespace Models.Onnx;

/// <summary>The graph of an ONNX file.</summary>
/// <param name="Inputs">The names of the values that a call of the model is given.</param>
/// <param name="Nodes">The operations, in the order in which they can be executed.</param>
/// <param name="Weights">The float32 weights, by the names that the nodes use for them.</param>
public sealed record OnnxGraph(IReadOnlyList<string> Inputs, IReadOnlyList<OnnxNode> Nodes, IReadOnlyDictionary<string, Tensor> Weights)
{
    public static OnnxGraph Read(Stream model)
    {
        var graph = Fields(new CodedInputStream(model, leaveOpen: true)).Single(field => field.Number == 7).Bytes;
        var fields = FieldsOf(graph).ToLookup(field => field.Number, field => field.Bytes);
        var weights = fields[5].Select(ReadTensor).Where(tensor => tensor.Values is not null);
        return new OnnxGraph(
            [.. fields[11].Select(value => FieldsOf(value).Single(field => field.Number == 1).Bytes.ToStringUtf8())],
            [.. fields[1].Select(ReadNode)],
            weights.ToDictionary(tensor => tensor.Name, tensor => tensor.Values!));
    }

    private static OnnxNode ReadNode(ByteString node)
    {
        var texts = FieldsOf(node).ToLookup(field => field.Number, field => field.Bytes);
        return new OnnxNode(texts[4].Single().ToStringUtf8(), [.. texts[1].Select(name => name.ToStringUtf8())], [.. texts[2].Select(name => name.ToStringUtf8())]);
    }

    // Of another type than float32 are only the constants of the graph's shapes.
    private static (string Name, Tensor? Values) ReadTensor(ByteString stored)
    {
        var fields = FieldsOf(stored).ToLookup(field => field.Number);
        var name = fields[8].Single().Bytes.ToStringUtf8();
        if (fields[2].Single().Value != 1)
            return (name, null);

        // Raw data, or a packed list of floats: the same bytes.
        if (fields[9].Concat(fields[4]).Select(field => field.Bytes).SingleOrDefault() is not { } bytes)
            throw new NotSupportedException($"The values of tensor \"{name}\" are not in the file.");
        var values = MemoryMarshal.Cast<byte, float>(bytes.Span).ToArray();
        return (name, tensor(values, [.. fields[1].Select(dimension => dimension.Value)]));
    }

    private static IEnumerable<(int Number, long Value, ByteString Bytes)> FieldsOf(ByteString message) => Fields(message.CreateCodedInput());

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
}
