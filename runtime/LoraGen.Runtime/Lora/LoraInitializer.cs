using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Makes A and B of a site as <see cref="LoraInit"/> says.</summary>
internal static class LoraInitializer
{
    /// <summary>A parameter of the shape, filled as <paramref name="init"/> says.</summary>
    public static Parameter Create(LoraInit init, long[] shape, int rank, ScalarType dtype, Device device)
    {
        return Create(shape, dtype, device, tensor => Fill(tensor, init, rank));
    }

    /// <summary>A parameter of the shape, filled by <paramref name="fill"/>.</summary>
    public static Parameter Create(long[] shape, ScalarType dtype, Device device, Action<Tensor> fill)
    {
        using var noGrad = no_grad();
        var tensor = empty(shape, dtype: dtype, device: device);
        fill(tensor);

        // A parameter takes its tensor's place in the caller's dispose scope, where it would die with the scope.
        var parameter = new Parameter(tensor);
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    private static void Fill(Tensor tensor, LoraInit init, int rank)
    {
        switch (init)
        {
            case LoraInit.KaimingUniform:
                nn.init.kaiming_uniform_(tensor, Math.Sqrt(5));
                break;
            case LoraInit.Gaussian:
                nn.init.normal_(tensor, 0, 1.0 / rank);
                break;
            case LoraInit.Zeros:
                nn.init.zeros_(tensor);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(init), init, "No such way to start a LoRA matrix.");
        }
    }
}
