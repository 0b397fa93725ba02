using FineTuning.MiniLm;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Samples.Models.Tests.FineTune;

/// <summary>all-MiniLM-L6-v2 in ONNX Runtime.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;

    public OnnxModel()
    {
        using var file = MiniLmPackage.Open("model.onnx");
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = new InferenceSession(bytes.ToArray(), options);
    }

    /// <summary>The last hidden states, [batch, time, width].</summary>
    public Tensor States(Tensor ids, Tensor mask, Tensor types)
    {
        var inputs = new[] { ("input_ids", ids), ("attention_mask", mask), ("token_type_ids", types) }
            .Select(input => NamedOnnxValue.CreateFromTensor(input.Item1, Dense(input.Item2)))
            .ToArray();
        using var outputs = _session.Run(inputs);
        var states = outputs.Single(output => output.Name == "last_hidden_state").AsTensor<float>();
        return tensor(states.ToArray(), [.. states.Dimensions.ToArray().Select(size => (long)size)]);
    }

    public void Dispose() => _session.Dispose();

    private static DenseTensor<long> Dense(Tensor values)
    {
        return new DenseTensor<long>(values.data<long>().ToArray(), [.. values.shape.Select(size => (int)size)]);
    }
}
