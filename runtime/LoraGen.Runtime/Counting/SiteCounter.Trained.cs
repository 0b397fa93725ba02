namespace LoraGen;

/// <content>What trains beside the sites.</content>
public sealed partial class SiteCounter
{
    private readonly HashSet<ModuleShape> _trained = [];

    /// <summary>Keeps a module and all in it out of the sites: its parameters train themselves.</summary>
    public void Train(string path, ModuleShape? module)
    {
        if (module is null)
        {
            throw new InvalidOperationException(
                $"{path} has [Trainable], but no module stands there: the member is null, or is not registered (RegisterComponents).");
        }

        if (!TrainAll(path, module))
            throw new InvalidOperationException($"{path} has [Trainable], but nothing that could train: it is a module without parameters.");
    }

    // Whether there are parameters in it.
    private bool TrainAll(string path, ModuleShape module)
    {
        if (!_ignored.Add(module))
            return false;
        if (module is LayerShape layer && _adapted.TryGetValue(layer, out var site))
        {
            throw new InvalidOperationException(
                $"{path} has [Trainable], but it is the layer that is adapted as {site}. Put [Trainable] there too, or take it away.");
        }

        Meet(path, module);
        _trained.Add(module);
        var isAny = module.Parameters.Any();
        foreach (var (name, child) in module.Children)
            isAny |= TrainAll($"{path}.{name}", child);
        return isAny;
    }

    /// <summary>Elements that train of the base model itself, and those of them of which there is a copy.</summary>
    private (long Trained, long Copied) CountTrained()
    {
        var copies = Shapes(_trained.SelectMany(module => module.Parameters));
        var bias = BiasChoice.Of(_sites.Select(site => site.Method.Bias));
        var biases = Shapes(bias == LoraBias.All
            ? _met.Except(_trained).SelectMany(module => module.Parameters).Where(own => BiasChoice.IsBias(own.Name))
            : _sites.Where(site => site.Method.Bias == LoraBias.LoraOnly).SelectMany(site => site.Layer.Parameters).Where(own => own.Name == "bias"));
        BiasChoice.EnsureFound(bias, biases.Count > 0);

        var copied = copies.Sum(parameter => parameter.Elements);
        return (copied + biases.Except(copies).Sum(parameter => parameter.Elements), copied);
    }

    private static HashSet<ParameterShape> Shapes(IEnumerable<(string Name, ParameterShape Parameter)> parameters)
    {
        return [.. parameters.Select(own => own.Parameter)];
    }
}
