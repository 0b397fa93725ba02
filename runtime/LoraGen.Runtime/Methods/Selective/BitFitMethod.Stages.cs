using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>What is trained.</content>
public sealed partial record BitFitMethod
{
    internal override string Trained => "biases";

    internal override bool Trains(nn.Module module, string name, bool isBuffer) => !isBuffer && BiasChoice.IsBias(name);
}
