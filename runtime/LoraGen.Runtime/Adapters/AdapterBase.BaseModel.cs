using LoraGen.Formats;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>The base model's own parameters, as they are without adapters.</content>
public abstract partial class AdapterBase
{
    private IReadOnlyList<BaseParameter> BaseModelParameters =>
    [
        .. _modules.Zip(_peftTargets.Paths).SelectMany(
            entry => entry.First.named_parameters(recurse: false).Select(
                named => new BaseParameter(entry.Second, entry.First, named.name, named.parameter)))
    ];

    private PeftBase PeftBase => new(BaseModelParameters, OriginalOf);

    // Adapters of the model may have changed the weight of a site, or exchanged a tensor that they train.
    private Tensor OriginalOf(BaseParameter parameter)
    {
        foreach (var adapter in AdaptedModel.AllAdapters)
        {
            if (adapter._trained.Tensors.FirstOrDefault(tensor => tensor.Is(parameter.Module, parameter.Name)) is { } trained)
                return trained.Originals;
            if (adapter._sites.FirstOrDefault(site => BaseWeights.AreChanged(site) && IsWeight(site, parameter)) is { } site)
                return BaseWeights.Of(site).Weight;
        }

        return parameter.Parameter;
    }

    private static bool IsWeight(Site site, BaseParameter parameter)
    {
        return site.Layers.Any(layer => ReferenceEquals(layer.Module, parameter.Module))
            && BaseWeights.Of(site).Weight.shape.SequenceEqual(parameter.Parameter.shape);
    }
}
