using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The weights that several modules of a model have in common.</summary>
internal sealed class TiedWeights
{
    private readonly IReadOnlyList<IReadOnlyList<BaseParameter>> _groups;

    private TiedWeights(IReadOnlyList<IReadOnlyList<BaseParameter>> groups) => _groups = groups;

    /// <summary>Finds them. It marks parameters meanwhile, so no call of the model may be running.</summary>
    public static TiedWeights Of(IEnumerable<(string Path, nn.Module Module)> modules)
    {
        var parameters = modules.SelectMany(entry => entry.Module.named_parameters(recurse: false)
            .Select(named => new BaseParameter(entry.Path, entry.Module, named.name, named.parameter)));
        return new TiedWeights([.. SharedParameters.Group([.. parameters]).Where(group => group.Count > 1)]);
    }

    /// <summary>Returns the path of another parameter that is a module's weight; null if there is none.</summary>
    public string? Of(nn.Module module)
    {
        var group = _groups.FirstOrDefault(group => group.Any(IsOwn));
        return group?.First(parameter => !IsOwn(parameter)).Path;

        bool IsOwn(BaseParameter parameter) => ReferenceEquals(parameter.Module, module) && parameter.Name == QuantizedLayer.WeightName;
    }
}
