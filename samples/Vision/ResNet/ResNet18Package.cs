using System.Reflection;
using Models.Onnx;
using static TorchSharp.torch;

namespace Vision.ResNet;

/// <summary>The ONNX files of the NuGet package Microsoft.ML.DnnImageFeaturizer.ResNet18, which the build downloads.</summary>
internal static class ResNet18Package
{
    private static readonly string Folder =
        typeof(ResNet18Package).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ResNet18").Value!;

    /// <summary>The network.</summary>
    public static string Network => Path.Combine(Folder, "ResNet18Onnx", "ResNet18.onnx");

    /// <summary>What is done with an image before.</summary>
    public static string Preprocessing => Path.Combine(Folder, "ResNetPrepOnnx", "ResNetPreprocess.onnx");

    public static ResNet18 Load()
    {
        var model = new ResNet18();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var file = File.OpenRead(Network);
        var weights = ResNet18Weights.Read(OnnxGraph.Read(file));

        // The number of batches that a norm has learned from is in no ONNX file.
        var own = model.state_dict().Where(entry => !entry.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToDictionary();
        if (own.Keys.Except(weights.Keys).Concat(weights.Keys.Except(own.Keys)).Min(StringComparer.Ordinal) is { } name)
            throw new InvalidDataException($"\"{name}\" is not both in the file and in the model.");
        foreach (var (entry, values) in own)
            values.copy_(weights[entry]);
        return model;
    }
}
