using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>A tensor that PEFT requires because <c>modules_to_save</c> selects its module, although it isn't one of the adapter's tensors there.</summary>
internal sealed class PeftSelectedTensor
{
    private readonly nn.Module _module;
    private readonly string _name;
    private readonly Tensor _live;
    private readonly bool _isBuffer;
    private readonly TrainedTensor? _trained;

    private PeftSelectedTensor(string path, nn.Module module, string name, Tensor live, bool isBuffer, TrainedTensors trained)
    {
        (Key, Module) = (trained.KeyOf(path, name), path);
        (_module, _name, _live, _isBuffer) = (module, name, live, isBuffer);
        _trained = trained.Tensors.FirstOrDefault(tensor => tensor.NamesIn(module).Contains(name));
    }

    /// <summary>Its name in the file.</summary>
    public string Key { get; }

    /// <summary>The module's path.</summary>
    public string Module { get; }

    /// <summary>The value to write.</summary>
    /// <exception cref="InvalidOperationException">The module does not have the base model's value now.</exception>
    public Tensor Values => _trained?.Values ?? BaseValues;

    /// <summary>The tensors that names select in addition to the trained ones.</summary>
    public static IEnumerable<PeftSelectedTensor> Of(PeftTrained trained, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return [];

        var known = trained.Tensors().Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        return trained.Modules.Value
            .Where(entry => PeftNames.IsWithin(entry.Path, outer => PeftNames.Meet(names, outer)))
            .SelectMany(entry => In(entry.Path, entry.Module, trained.Trained))
            .Where(selected => known.Add(selected.Key));
    }

    /// <summary>Whether a file has the base model's value, or may omit it.</summary>
    public bool HasBaseValue(SafetensorsFile file, bool mayBeMissing)
    {
        if (!file.Contains(Key))
            return mayBeMissing;
        return _isBuffer || _trained is not null || PeftBaseWeights.IsSame(file, Key, BaseValues);
    }

    private Tensor BaseValues
    {
        get
        {
            if (ModuleState.TryGet(_module, out var state)
                && (state.TrainedBy.ContainsKey(_name) || state.Merged is not null || state.Reparametrization?.Original is not null))
            {
                throw new InvalidOperationException(
                    $"{Module}: PEFT's files have the module's base values, because modules_to_save selects it too, but another adapter has changed them. "
                    + "Unmerge that adapter, or set its IsActive to false.");
            }

            return _live;
        }
    }

    private static IEnumerable<PeftSelectedTensor> In(string path, nn.Module module, TrainedTensors trained)
    {
        return module.named_parameters(recurse: false)
            .Select(named => new PeftSelectedTensor(path, module, named.name, named.parameter, false, trained))
            .Concat(module.named_buffers(false, false).Select(named => new PeftSelectedTensor(path, module, named.name, named.buffer, true, trained)));
    }
}
