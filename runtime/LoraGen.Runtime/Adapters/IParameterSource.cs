using TorchSharp.Modules;

namespace LoraGen;

/// <summary>An adapter that any optimizer trains. Generated adapters have it unless their method acts on the optimizer's steps.</summary>
public interface IParameterSource
{
    /// <summary>
    /// The trained parameters, for the optimizer: those of each site in the order of <see cref="AdapterBase.Sites"/> (for LoRA, A and B), then those that all
    /// sites share. While the adapter is attached, the trained parameters of the base model follow: those of [Trainable] members, then the biases.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The adapter is disposed.</exception>
    IReadOnlyList<Parameter> Parameters();
}
