using System.Text.Json.Nodes;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>The parameters of the base model that an adapter trains, in PEFT's files: <c>modules_to_save</c> and <c>bias</c>.</summary>
/// <param name="Trained">The trained parameters.</param>
/// <param name="Held">The names for <c>modules_to_save</c>.</param>
/// <param name="Modules">All modules of the base model, under each of their paths.</param>
internal sealed record PeftTrained(TrainedTensors Trained, PeftHeldModules Held, Lazy<IReadOnlyList<(string Path, nn.Module Module)>> Modules)
{
    public static readonly PeftTrained None = new(TrainedTensors.None, PeftHeldModules.None, new([]));

    /// <summary>Each trained tensor under each of its names.</summary>
    public IEnumerable<(string Key, Tensor Tensor)> Tensors()
    {
        return Trained.Tensors.SelectMany(tensor => tensor.Keys.Select(key => (key, tensor.Values)));
    }

    /// <summary>The tensors that PEFT requires in addition, because <c>modules_to_save</c> selects their modules too.</summary>
    /// <exception cref="InvalidOperationException">One of them does not have the base model's value now.</exception>
    public IEnumerable<(string Key, Tensor Tensor)> Others()
    {
        return PeftSelectedTensor.Of(this, Held.IsKnownToPeft ? Held.Names : []).Select(selected => (selected.Key, selected.Values));
    }

    /// <summary>The names of such tensors in a file with the config.</summary>
    public HashSet<string> OtherKeys(PeftConfig config)
    {
        return [.. PeftSelectedTensor.Of(this, config.List("modules_to_save")).Select(selected => selected.Key)];
    }

    /// <summary>Sets the two keys.</summary>
    public void Describe(JsonObject config)
    {
        config["bias"] = Text(Trained.Bias);
        config["modules_to_save"] = Held.Names.Count == 0 ? null : PeftNames.List(Held.Names);
    }

    /// <summary>The contradictions of a config, one line each.</summary>
    public IEnumerable<string> Faults(PeftConfig config, SafetensorsFile file)
    {
        // PEFT takes each text with this end as lora_only.
        var bias = config.Text("bias") ?? Text(LoraBias.None);
        if ((bias.EndsWith("_only", StringComparison.Ordinal) ? Text(LoraBias.LoraOnly) : bias) != Text(Trained.Bias))
            yield return $"bias is \"{bias}\", but Bias is {Trained.Bias}";

        var names = config.List("modules_to_save");
        var told = $"modules_to_save [{string.Join(", ", names)}]";
        var theirs = Trained.Stateful.Where(path => PeftNames.IsWithin(path, outer => PeftNames.Meet(names, outer))).ToArray();
        var ours = Trained.Stateful.Where(path => PeftNames.IsWithin(path, Trained.Modules.Contains)).ToArray();
        if (theirs.Except(ours).Intersect(Changed(names, file)).ToArray() is { Length: > 0 } notOurs)
            yield return $"{told} trains {PathList.Summarize(notOurs)}, but no [Trainable] does";
        if (ours.Except(theirs).ToArray() is { Length: > 0 } notTheirs)
            yield return $"[Trainable] trains {PathList.Summarize(notTheirs)}, but {told} does not";
    }

    /// <summary>Tensors that are one tensor in the model, but have different values in the file.</summary>
    public IEnumerable<string> Contradictions(SafetensorsFile file)
    {
        using var scope = NewDisposeScope();
        foreach (var keys in Trained.Tensors.Select(KeysOf).Where(keys => keys.Length > 1))
        {
            var first = file.Read(keys[0]);
            if (keys.Skip(1).FirstOrDefault(key => !file[key].Shape.SequenceEqual(first.shape) || !file.Read(key).eq(first).all().item<bool>()) is { } other)
                yield return $"tensors {keys[0]} and {other} differ, but the model has one tensor for both";
        }

        // A trained module may be registered under several paths, and PEFT trains a copy for each of them.
        string[] KeysOf(TrainedTensor tensor)
        {
            var aliases = Modules.Value.SelectMany(entry => tensor.NamesIn(entry.Module).Select(name => Trained.KeyOf(entry.Path, name)));
            return [.. tensor.Keys.Concat(aliases).Distinct(StringComparer.Ordinal).Where(file.Contains)];
        }
    }

    // The modules that are selected, but not trained: by a name that no trained module has, or with other values in the file than the base model's.
    private IEnumerable<string> Changed(IReadOnlyList<string> names, SafetensorsFile file)
    {
        var others = names.Where(name => !Trained.Stateful.Any(path => Selects(name, path) && PeftNames.IsWithin(path, Trained.Modules.Contains))).ToArray();
        return PeftSelectedTensor.Of(this, names)
            .Where(selected => others.Any(name => Selects(name, selected.Module)) || !selected.HasBaseValue(file, IsOld(names)))
            .Select(selected => selected.Module);
    }

    private static bool Selects(string name, string path) => PeftNames.IsWithin(path, outer => PeftNames.Meet([name], outer));

    // LoraGen wrote the last names or the whole paths of the members, whatever else PEFT selects by them.
    private bool IsOld(IReadOnlyList<string> names)
    {
        return names.ToHashSet().SetEquals(Trained.Modules) || names.ToHashSet().SetEquals(Trained.Modules.Select(PeftNames.LastOf));
    }

    private static string Text(LoraBias bias)
    {
        return bias switch
        {
            LoraBias.None => "none",
            LoraBias.All => "all",
            LoraBias.LoraOnly => "lora_only",
            _ => throw new ArgumentOutOfRangeException(nameof(bias), bias, "No such Bias."),
        };
    }
}
