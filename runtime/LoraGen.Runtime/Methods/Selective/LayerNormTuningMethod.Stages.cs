using LoraGen.Formats;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>What is trained.</content>
public sealed partial record LayerNormTuningMethod
{
    private const string Ending = "Norm";

    internal override string Trained => "weights or biases of normalizations";

    internal override string KeyPart => "ln_tuning_layers.";

    internal override bool IsCopied => true;

    internal override PeftMethod Peft => LayerNormTuningPeft.Instance;

    // The running values of a BatchNorm change in training mode, so they belong to the trained ones.
    internal override bool Trains(nn.Module module, string name, bool isBuffer)
    {
        return module is NormBase or LayerNorm or GroupNorm || module.GetType().Name.Split('`')[0].EndsWith(Ending, StringComparison.Ordinal);
    }
}
