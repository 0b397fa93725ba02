using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Samples.Models.Tests.Vision;

/// <summary>An ONNX file with one input and one output, in ONNX Runtime.</summary>
internal sealed class OnnxImages : IDisposable
{
    private readonly InferenceSession _session;

    public OnnxImages(string file)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = new InferenceSession(file, options);
    }

    /// <summary>The output for one image, [1, 3, height, width].</summary>
    public Tensor Run(Tensor image)
    {
        var input = new DenseTensor<float>(image.data<float>().ToArray(), [.. image.shape.Select(size => (int)size)]);
        using var outputs = _session.Run([NamedOnnxValue.CreateFromTensor(_session.InputNames.Single(), input)]);
        var output = outputs.Single().AsTensor<float>();
        return tensor(output.ToArray(), [.. output.Dimensions.ToArray().Select(size => (long)size)]);
    }

    public void Dispose() => _session.Dispose();
}
