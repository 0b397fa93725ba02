using System.Text.Json.Nodes;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>The parameters of the base model that an adapter trains, in PEFT's files: <c>modules_to_save</c> and <c>bias</c>.</summary>
/// <param name="Trained">The trained parameters.</param>
/// <param name="Paths">Paths of all modules of the base model.</param>
internal sealed record PeftTrained(TrainedTensors Trained, IReadOnlyList<string> Paths)
{
    /// <summary>Each tensor under each of its names.</summary>
    public IEnumerable<(string Key, Tensor Tensor)> Tensors()
    {
        return Trained.Tensors.SelectMany(tensor => tensor.Keys.Select(key => (key, tensor.Values)));
    }

    /// <summary>Sets the two keys.</summary>
    public void Describe(JsonObject config)
    {
        config["bias"] = Text(Trained.Bias);
        config["modules_to_save"] = Trained.Modules.Count == 0 ? null : new JsonArray([.. Names().Select(name => (JsonNode?)name)]);
    }

    /// <summary>The contradictions of a config, one line each.</summary>
    public IEnumerable<string> Faults(PeftConfig config)
    {
        var bias = config.Text("bias") ?? Text(LoraBias.None);
        if (bias != Text(Trained.Bias))
            yield return $"bias is \"{bias}\", but Bias is {Trained.Bias}";

        var names = config.List("modules_to_save");
        var told = $"modules_to_save [{string.Join(", ", names)}]";
        var theirs = Trained.Stateful.Where(path => IsWithin(path, outer => Meets(names, outer))).ToArray();
        var ours = Trained.Stateful.Where(path => IsWithin(path, Trained.Modules.Contains)).ToArray();
        if (theirs.Except(ours).ToArray() is { Length: > 0 } notOurs)
            yield return $"{told} trains {PathList.Summarize(notOurs)}, but no [Trainable] does";
        if (ours.Except(theirs).ToArray() is { Length: > 0 } notTheirs)
            yield return $"[Trainable] trains {PathList.Summarize(notTheirs)}, but {told} does not";
    }

    /// <summary>Tensors that are one tensor in the model, but have different values in the file.</summary>
    public IEnumerable<string> Contradictions(SafetensorsFile file)
    {
        using var scope = NewDisposeScope();
        foreach (var keys in Trained.Tensors.Select(tensor => tensor.Keys.ToArray()).Where(keys => keys.Length > 1 && keys.All(file.Contains)))
        {
            var first = file.Read(keys[0]);
            if (keys.Skip(1).FirstOrDefault(key => !file[key].Shape.SequenceEqual(first.shape) || !file.Read(key).eq(first).all().item<bool>()) is { } other)
                yield return $"tensors {keys[0]} and {other} differ, but the model has one tensor for both";
        }
    }

    // PEFT selects every module whose path ends with the name, at a dot or not.
    private static bool Meets(IEnumerable<string> names, string path) => names.Any(name => path.EndsWith(name, StringComparison.Ordinal));

    private static bool IsWithin(string path, Func<string, bool> outer)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
        {
            if (outer(path[..end]))
                return true;
        }

        return false;
    }

    // Last names if they match nothing else, otherwise whole paths.
    private IEnumerable<string> Names()
    {
        var names = Trained.Modules
            .Select(path => path[(path.LastIndexOf('.') + 1)..])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToArray();
        var areExact = Paths.Where(path => Meets(names, path)).All(path => IsWithin(path, Trained.Modules.Contains));
        return areExact ? names : Trained.Modules.Order(StringComparer.Ordinal);
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
