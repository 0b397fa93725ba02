using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>A few values of each frozen parameter of a model, by which a checkpoint that is loaded behind an adapter's back is noticed.</summary>
internal sealed class FrozenValues
{
    private readonly Dictionary<(nn.Module Module, string Name), BaseSample> _samples;

    private FrozenValues(Dictionary<(nn.Module, string), BaseSample> samples) => _samples = samples;

    /// <summary>Takes samples of the parameters that no adapter trains, and that no adapter is merged into.</summary>
    public static FrozenValues Of(IEnumerable<nn.Module> modules)
    {
        return new FrozenValues(modules
            .Where(module => ModuleState.Of(module) is { Merged: null, Reparametrization: null, TrainedBy.Count: 0 })
            .SelectMany(module => module.named_parameters(recurse: false).Select(named => (module, named.name, named.parameter)))
            .Where(entry => entry.name != QuantizedLayer.WeightName || QuantizedLayer.Of(entry.module) is null)
            .Where(entry => is_floating_point(entry.parameter) && !entry.parameter.requires_grad && entry.parameter.NumberOfElements > 0)
            .ToDictionary(entry => (entry.module, entry.name), entry => BaseSample.Of(entry.parameter)));
    }

    /// <summary>Returns a parameter whose values have changed; null if there is none.</summary>
    public (nn.Module Module, string Name)? ChangedIn(FrozenValues later)
    {
        foreach (var (parameter, sample) in _samples)
        {
            if (later._samples.TryGetValue(parameter, out var other) && !sample.IsSameAs(other))
                return parameter;
        }

        return null;
    }
}
