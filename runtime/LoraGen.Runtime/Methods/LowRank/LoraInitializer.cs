using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Initializes A and B of a site.</summary>
internal static class LoraInitializer
{
    /// <summary>Initializes a tensor.</summary>
    public static void Fill(Parameter tensor, LoraInit init, int rank)
    {
        // The bound of KaimingUniform would be infinite without inputs.
        if (tensor.NumberOfElements == 0)
            return;

        using var noGrad = no_grad();
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
                throw new ArgumentOutOfRangeException(nameof(init), init, "There is no such initialization of a LoRA matrix.");
        }
    }
}
