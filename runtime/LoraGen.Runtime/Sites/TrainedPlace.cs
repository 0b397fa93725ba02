using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Where a trained tensor of the base model stands.</summary>
/// <param name="Module">The module that has it.</param>
/// <param name="Name">Its name there, as it is registered.</param>
/// <param name="Path">Its dotted name in the model's state_dict.</param>
/// <param name="Key">Its name in PEFT's files.</param>
/// <param name="IsCopy">Whether the module trains whole.</param>
internal sealed record TrainedPlace(nn.Module Module, string Name, string Path, string Key, bool IsCopy);
