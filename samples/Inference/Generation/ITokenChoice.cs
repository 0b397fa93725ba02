using static TorchSharp.torch;

namespace Inference.Generation;

/// <summary>How the next token is chosen.</summary>
internal interface ITokenChoice
{
    /// <param name="logits">The logits of the next token, [vocabulary].</param>
    long Choose(Tensor logits);
}
