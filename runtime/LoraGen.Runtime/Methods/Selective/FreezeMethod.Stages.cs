using static TorchSharp.torch;

namespace LoraGen;

/// <content>What is trained.</content>
public sealed partial record FreezeMethod
{
    internal override string Trained => "parameters";

    internal override bool Trains(nn.Module module, string name, bool isBuffer) => true;
}
