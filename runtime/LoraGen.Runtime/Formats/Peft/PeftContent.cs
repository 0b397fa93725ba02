using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>What an adapter has in its files.</summary>
/// <param name="Model">The base model.</param>
/// <param name="Method">The method.</param>
/// <param name="Sites">The sites.</param>
/// <param name="Shared">The parameters that the adapter has in addition to those of its sites; null if there are none.</param>
/// <param name="Targets">The model's layers.</param>
/// <param name="Held">The parts of the base model that the adapter trains.</param>
internal sealed record PeftContent(
    nn.Module Model, AdapterMethod Method, IReadOnlyList<Site> Sites, ParameterSet? Shared, PeftTargets Targets, PeftTrained Held)
{
    public PeftMethod Peft => Method.Peft;

    public TrainedTensors Trained => Held.Trained;

    /// <summary>The paths of the adapted modules, with those of layers that share their weight.</summary>
    public IEnumerable<string> Adapted => Sites.Count > 0 ? Sites.SelectMany(site => site.Aliases.Prepend(site.Path)) : Modules;

    /// <summary>The paths that the config has as targets.</summary>
    public IReadOnlyList<string> Modules => Sites.Count > 0 ? [.. Sites.Select(site => site.Path)] : Trained.Selected;

    /// <summary>The layer whose frozen weight a tensor of that name is; null for any other name.</summary>
    public BaseLayer? LayerOf(string key) => PeftBaseWeights.LayerOf(key, Peft.Prefix, Sites);

    /// <summary>All tensors by their names.</summary>
    /// <param name="config">The config of the file that is read; null when writing.</param>
    public SortedDictionary<string, Tensor> Tensors(PeftConfig? config)
    {
        using var noGrad = no_grad();
        var tensors = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var site in Sites)
        {
            foreach (var (suffix, tensor) in site.Method.Peft.Tensors(site, config))
                tensors.Add(Peft.KeyOf(site, suffix), tensor);
        }

        foreach (var (key, tensor) in Common(config))
            tensors.Add(key, tensor);
        return tensors;
    }

    /// <summary>What is wrong with the values of a file, one line each.</summary>
    public IEnumerable<string> Faults(PeftConfig config, IReadOnlyDictionary<string, Tensor> values)
    {
        return Sites.SelectMany(site => site.Method.Peft.Faults(site, config, suffix => values[Peft.KeyOf(site, suffix)]));
    }

    /// <summary>Sets all values from a file with the tensors of <see cref="Tensors"/>.</summary>
    public void Load(PeftConfig config, IReadOnlyDictionary<string, Tensor> values)
    {
        foreach (var site in Sites)
            site.Method.Peft.Load(site, config, suffix => values[Peft.KeyOf(site, suffix)]);
        if (Shared is not null)
            Peft.LoadShared(Shared, config, key => values[key]);
        foreach (var (key, tensor) in Held.Tensors())
            tensor.copy_(values[key]);
    }

    // The tensors that don't belong to a single site.
    private IEnumerable<(string Key, Tensor Tensor)> Common(PeftConfig? config)
    {
        return (Shared is null ? [] : Peft.SharedTensors(Shared, config)).Concat(Held.Tensors());
    }
}
