using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Makes the two matrices of a site as <see cref="LoraInit"/> says.</summary>
internal static class LoraInitializer
{
    public static Parameter Create(LoraInit init, long rows, long columns, int rank, ScalarType dtype, Device device)
    {
        using var noGrad = no_grad();
        var tensor = empty(rows, columns, dtype: dtype, device: device);
        Fill(tensor, init, rank);

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
