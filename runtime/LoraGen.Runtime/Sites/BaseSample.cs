using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>
/// A few values of each frozen parameter of a model, by which a checkpoint that is loaded behind an adapter's back is noticed.
/// </summary>
internal sealed class BaseSample
{
    private const int Values = 8;

    // Converting a model to half precision rounds its values.
    private const double Tolerance = 0.02;

    private readonly Dictionary<(nn.Module, string), double[]> _values;

    private BaseSample(Dictionary<(nn.Module, string), double[]> values) => _values = values;

    /// <summary>Takes a sample of the parameters that no adapter trains, and that no adapter is merged into.</summary>
    public static BaseSample Of(IEnumerable<nn.Module> modules)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return new BaseSample(modules
            .Where(module => ModuleState.Of(module) is { Merged: null, Reparametrization: null, TrainedBy.Count: 0 })
            .SelectMany(module => module.named_parameters(recurse: false).Select(named => (module, named.name, named.parameter)))
            .Where(entry => is_floating_point(entry.parameter) && !entry.parameter.requires_grad && entry.parameter.NumberOfElements > 0)
            .ToDictionary(entry => (entry.module, entry.name), entry => Sample(entry.parameter)));
    }

    /// <summary>Returns the name of a parameter whose values differ from the other sample; null if there is none.</summary>
    public string? DifferenceFrom(BaseSample other)
    {
        foreach (var ((module, name), values) in _values)
        {
            if (other._values.TryGetValue((module, name), out var others) && !AreClose(values, others))
                return $"{module.GetName()}.{name}";
        }

        return null;
    }

    private static bool AreClose(double[] one, double[] other)
    {
        var scale = one.Concat(other).Max(Math.Abs);
        return one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * scale || pair.First.Equals(pair.Second));
    }

    private static double[] Sample(Tensor parameter)
    {
        var elements = parameter.numel();
        var count = (int)Math.Min(Values, elements);
        long[] places = [.. Enumerable.Range(0, count).Select(index => index * (elements / count))];
        return [.. parameter.flatten().index_select(0, tensor(places, device: parameter.device)).to(ScalarType.Float64).cpu().data<double>()];
    }
}
