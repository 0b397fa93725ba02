using static TorchSharp.torch;

namespace Samples.Models.Tests.Reference;

/// <summary>Numbers without torch.</summary>
internal sealed record PlainTensor(double[] Values, long[] Shape)
{
    /// <summary>A module's weights by the names of the checkpoint.</summary>
    public static IReadOnlyDictionary<string, PlainTensor> Of(nn.Module model)
    {
        return model.state_dict().ToDictionary(
            entry => entry.Key,
            entry => new PlainTensor(entry.Value.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray(), entry.Value.shape));
    }

    public double[] Row(long index) => Values[(int)(index * Shape[1])..(int)((index + 1) * Shape[1])];
}
