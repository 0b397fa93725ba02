using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>A name of a trained tensor of the base model.</summary>
/// <param name="Module">The module that has the tensor.</param>
/// <param name="Name">The name with which it is registered there.</param>
/// <param name="Path">Its dotted name in the model's state_dict.</param>
/// <param name="Key">Its name in PEFT's files.</param>
/// <param name="IsCopy">Whether the whole module is trained.</param>
internal sealed record TrainedPlace(nn.Module Module, string Name, string Path, string Key, bool IsCopy);
