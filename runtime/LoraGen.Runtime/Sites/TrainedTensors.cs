using LoraGen.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>
/// The parts of the base model that an adapter trains in addition to its sites: whole modules, biases, and what a selective method selects.
/// </summary>
/// <param name="Modules">The paths of the whole modules.</param>
/// <param name="Bias">The biases.</param>
/// <param name="Tensors">Their parameters and buffers, then the biases, then the selected ones. Shared tensors are listed once.</param>
/// <param name="Stateful">The paths of all modules of the model that have parameters of their own.</param>
/// <param name="Selected">The paths of the modules whose tensors a selective method selects.</param>
internal sealed record TrainedTensors(
    IReadOnlyList<string> Modules, LoraBias Bias, IReadOnlyList<TrainedTensor> Tensors, IReadOnlyList<string> Stateful, IReadOnlyList<string> Selected)
{
    public static readonly TrainedTensors None = new([], LoraBias.None, [], [], []);

    /// <summary>The beginning of the names of the base model's tensors in PEFT's files.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>The trained parameters, without the buffers.</summary>
    public IEnumerable<Parameter> Parameters => Tensors.Select(tensor => tensor.Parameter).OfType<Parameter>();

    /// <summary>The number of trained elements.</summary>
    public long Trainable => Parameters.Sum(parameter => parameter.NumberOfElements);

    /// <summary>The number of elements that PEFT counts in addition to the base model's, because it copies them.</summary>
    public long Copied
    {
        get => Tensors.Where(tensor => tensor.IsCopy).Select(tensor => tensor.Parameter).OfType<Parameter>().Sum(parameter => parameter.NumberOfElements);
    }

    /// <summary>The name of a tensor of a module in PEFT's files.</summary>
    public string KeyOf(string path, string name) => $"{Prefix}{path}.{MemberName.Clean(name)}";

    /// <summary>Finds what is trained. It marks parameters meanwhile, so no call of the model may be running.</summary>
    /// <param name="collected">The model's modules.</param>
    /// <param name="method">The method.</param>
    /// <param name="adapter">The adapter, for messages.</param>
    /// <exception cref="ArgumentException">An attribute on a member sets <c>Bias</c> to <see cref="LoraBias.All"/>.</exception>
    /// <exception cref="InvalidOperationException">There is nothing to train.</exception>
    public static TrainedTensors Of(SiteCollector collected, AdapterMethod method, string adapter)
    {
        var prefix = method.Peft.Prefix;
        var bias = BiasChoice.Of(collected.Biases.Values);
        var copies = collected.TrainedModules.SelectMany(entry => ParametersOf(entry.Path, entry.Module)).ToArray();
        var biases = collected.Modules
            .Where(entry => bias == LoraBias.All || collected.Biases.GetValueOrDefault(entry.Module) == LoraBias.LoraOnly)
            .SelectMany(entry => ParametersOf(entry.Path, entry.Module))
            .Where(parameter => bias == LoraBias.All ? BiasChoice.IsBias(parameter.Name) : parameter.Name == "bias")
            .Where(parameter => !copies.Any(copy => ReferenceEquals(copy.Module, parameter.Module) && copy.Name == parameter.Name))
            .ToArray();
        BiasChoice.EnsureFound(bias, biases.Length > 0);
        var selection = method is SelectiveMethod selective ? Selection.Of(collected, selective, adapter) : Selection.None;
        var places = copies.Select(copy => (copy, IsCopy: true)).Concat(biases.Select(each => (each, IsCopy: false))).ToDictionary(
            pair => pair.Item1, pair => Place(pair.Item1.ModulePath, pair.Item1.Module, pair.Item1.Name, pair.IsCopy));
        foreach (var (parameter, place) in selection.Parameters)
            places.Add(parameter, place);
        EnsureNotQuantized(places.Keys, adapter);
        return new TrainedTensors(
            collected.Trained,
            bias,
            [
                .. SharedParameters.Group([.. places.Keys]).Select(group => new TrainedTensor([.. group.Select(parameter => places[parameter])])),
                .. collected.TrainedModules.SelectMany(entry => Buffers(entry.Path, entry.Module)).Select(place => new TrainedTensor([place])),
                .. selection.Buffers.Select(place => new TrainedTensor([place])),
            ],
            [.. collected.Modules.Where(entry => entry.Module.named_parameters(recurse: false).Any()).Select(entry => entry.Path)],
            selection.Modules) { Prefix = prefix };

        TrainedPlace Place(string path, nn.Module module, string name, bool isCopy)
        {
            var clean = MemberName.Clean(name);
            var start = path.Length == 0 ? string.Empty : path + ".";
            return new TrainedPlace(module, name, start + clean, prefix + start + (collected.Biases.ContainsKey(module) ? "base_layer." : "") + clean, isCopy);
        }

        IEnumerable<TrainedPlace> Buffers(string path, nn.Module module)
        {
            return module.named_buffers(false, false).Select(named => Place(path, module, named.name, isCopy: true));
        }
    }

    private static void EnsureNotQuantized(IEnumerable<BaseParameter> parameters, string adapter)
    {
        if (parameters.FirstOrDefault(QuantizedLayer.Is) is { } first)
        {
            throw new InvalidOperationException(
                $"{adapter}: {first.Path} is quantised, so it can't be trained. Leave the layer out, or call the model's Dequantize() before.");
        }
    }

    private static IEnumerable<BaseParameter> ParametersOf(string path, nn.Module module)
    {
        return module.named_parameters(recurse: false).Select(named => new BaseParameter(path, module, named.name, named.parameter));
    }
}
