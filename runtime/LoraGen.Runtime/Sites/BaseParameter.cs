using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>A parameter of the base model, under its name in one of the modules.</summary>
internal sealed record BaseParameter(string ModulePath, nn.Module Module, string Name, Parameter Parameter)
{
    public string Path => ModulePath.Length == 0 ? Name : $"{ModulePath}.{Name}";
}
