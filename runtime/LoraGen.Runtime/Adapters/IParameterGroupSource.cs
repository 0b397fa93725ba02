using TorchSharp.Modules;

namespace LoraGen;

/// <summary>An adapter with a factor A that reads and a factor B that writes, which may have different learning rates.</summary>
public interface IParameterGroupSource
{
    /// <summary>
    /// The trained parameters in groups for AdamW, as LoRA+ needs them (Hayou et al. 2024, arXiv:2402.12354):
    /// <c>optim.AdamW(lora.ParameterGroups(learningRate: 2e-4, ratio: 16))</c>. The learning rate of B is the ratio times that of A. Both factors of
    /// an Embedding, and everything that is neither A nor B, have the learning rate of A. Vectors have no weight decay.
    /// </summary>
    /// <param name="learningRate">The learning rate of A; positive.</param>
    /// <param name="ratio">The ratio; positive, and at least 1 in LoRA+, usually 16.</param>
    /// <param name="embeddingLearningRate">The learning rate of the factors of Embeddings; null for that of A. PEFT's is 1e-6.</param>
    /// <returns>The groups that have parameters.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive, or not finite.</exception>
    /// <exception cref="ObjectDisposedException">The adapter is disposed.</exception>
    IReadOnlyList<AdamW.ParamGroup> ParameterGroups(double learningRate, double ratio, double? embeddingLearningRate = null);
}
