using System.Text.Json;
using System.Text.Json.Nodes;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>
/// An adapter in the files of Hugging Face's PEFT: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, in the folder itself for the adapter
/// <c>default</c>, otherwise in a subfolder of its name.
/// </summary>
internal static class PeftFolder
{
    private const string Prefix = "base_model.model.";
    private const string SharedPrefix = "base_model.";

    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Writes both files under temporary names, and renames them when both are on the disk.</summary>
    public static void Save(
        string folder, string name, IReadOnlyList<Site> sites, PeftTargets targets, PeftTrained trained, JsonObject? loaded)
    {
        var place = PeftPlace.Of(folder, name);
        Directory.CreateDirectory(place);
        using var scope = NewDisposeScope();
        using var tensors = SafetensorsWriter.Prepare(
            Path.Combine(place, PeftPlace.TensorsName),
            Tensors(sites, trained, null),
            new Dictionary<string, string> { ["format"] = "pt" });
        using var config = Prepare(Path.Combine(place, PeftConfig.FileName), Describe(sites, targets, trained, loaded));
        config.Replace();
        tensors.Replace();
    }

    /// <summary>Reads both files into the sites' parameters after checking everything, and returns the config, which a later save writes back.</summary>
    /// <exception cref="InvalidDataException">Something is missing, unexpected or contradicts the attributes: the message lists all of it.</exception>
    public static JsonObject Load(
        string folder, string name, string adapter, IReadOnlyList<Site> sites, PeftTargets targets, PeftTrained trained, bool allowNonFinite)
    {
        var place = PeftPlace.Of(folder, name);
        PeftPlace.EnsureComplete(folder, name);
        var config = PeftConfig.Read(Path.Combine(place, PeftConfig.FileName));
        // Not mapped: Python's writer shortens the file that it replaces, and another program may still train and save the adapter.
        using var file = SafetensorsFile.Open(Path.Combine(place, PeftPlace.TensorsName), map: false);
        using var scope = NewDisposeScope();
        var parameters = Tensors(sites, trained, config);
        var type = config.Text("peft_type");
        string[] faults = type == sites[0].Method.Peft.Type
            ?
            [
                .. ConfigFaults(config, sites, targets, trained),
                .. TensorFaults(file, parameters, sites, trained.Trained),
                .. trained.Contradictions(file),
                .. allowNonFinite ? [] : PeftFinite.Faults(file, parameters, trained.Trained),
            ]
            : [$"peft_type is \"{type}\", but the adapter is {sites[0].Method.Peft.Type}"];
        if (faults.Length > 0)
            throw new InvalidDataException($"The PEFT adapter in \"{place}\" does not fit {adapter}; nothing was loaded:\n- {string.Join("\n- ", faults)}");

        using var noGrad = no_grad();
        foreach (var site in sites)
        {
            using var ofSite = NewDisposeScope();
            site.Method.Peft.Load(site, config, suffix => file.Read(Prefix + site.Path + suffix));
        }

        foreach (var (key, tensor) in Common(sites, trained))
        {
            using var values = file.Read(key);
            tensor.copy_(values);
        }

        return (JsonObject)config.Json.DeepClone();
    }

    private static ReplacedFile Prepare(string path, JsonObject config)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Indented))
            config.WriteTo(writer);
        return ReplacedFile.Prepare(path, text.Length, file => RandomAccess.Write(file, text.ToArray(), 0));
    }

    private static SortedDictionary<string, Tensor> Tensors(IReadOnlyList<Site> sites, PeftTrained trained, PeftConfig? config)
    {
        using var noGrad = no_grad();
        var tensors = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var site in sites)
        {
            foreach (var (suffix, tensor) in site.Method.Peft.Tensors(site, config))
                tensors.Add(Prefix + site.Path + suffix, tensor);
        }

        foreach (var (key, tensor) in Common(sites, trained))
            tensors.Add(key, tensor);

        return tensors;
    }

    // The keys that don't belong to a single site.
    private static IEnumerable<(string Key, Tensor Tensor)> Common(IReadOnlyList<Site> sites, PeftTrained trained)
    {
        var shared = sites[0].Shared is { } set ? set.Specs.Zip(set.All, (spec, parameter) => (SharedPrefix + spec.PeftSuffix, (Tensor)parameter)) : [];
        return shared.Concat(trained.Tensors());
    }

    private static JsonObject Describe(IReadOnlyList<Site> sites, PeftTargets targets, PeftTrained trained, JsonObject? loaded)
    {
        var config = loaded is null ? Classic() : (JsonObject)loaded.DeepClone();
        config["peft_type"] = sites[0].Method.Peft.Type;
        targets.Describe(config, sites);
        config["inference_mode"] = true;
        trained.Describe(config);
        sites[0].Method.Peft.Describe(config, sites);
        return new JsonObject(
            config.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));
    }

    // The keys that readers of all versions expect.
    private static JsonObject Classic()
    {
        return new JsonObject
        {
            ["base_model_name_or_path"] = null,
            ["task_type"] = null,
        };
    }

    private static IEnumerable<string> ConfigFaults(PeftConfig config, IReadOnlyList<Site> sites, PeftTargets targets, PeftTrained trained)
    {
        return sites[0].Method.Peft.Contradictions(config, sites).Concat(trained.Faults(config)).Concat(targets.Faults(config, sites));
    }

    private static IEnumerable<string> TensorFaults(
        SafetensorsFile file, IReadOnlyDictionary<string, Tensor> parameters, IReadOnlyList<Site> sites, TrainedTensors trained)
    {
        foreach (var (key, parameter) in parameters)
        {
            if (!file.Contains(key))
                yield return $"tensor {key} [{string.Join(", ", parameter.shape)}] is missing{Why(key)}";
            else if (!file[key].Shape.SequenceEqual(parameter.shape))
                yield return $"tensor {key} is [{string.Join(", ", file[key].Shape)}], expected [{string.Join(", ", parameter.shape)}]";
            else if (is_floating_point(parameter) && !IsFloat(file[key].Dtype))
                yield return $"tensor {key} is {file[key].Dtype}, expected a floating-point type";
        }

        foreach (var key in file.Tensors.Select(tensor => tensor.Name).Where(key => !parameters.ContainsKey(key)))
        {
            if (PeftWrapped.Has(key, trained))
            {
                if (PeftWrapped.Fault(file, key, trained) is { } fault)
                    yield return $"tensor {key} {fault}";
            }
            else if (PeftBaseWeights.LayerOf(key, Prefix, sites) is not { } layer)
                yield return $"tensor {key} is unexpected";
            else if (!PeftBaseWeights.IsSame(file, key, layer))
            {
                yield return $"tensor {key} differs from the model's weight: "
                    + "the adapter was trained with a changed base, so load that weight into the model first";
            }
        }
    }

    private static bool IsFloat(ScalarType type)
    {
        return type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;
    }

    // PEFT looks for <layer>.bias, but the trained bias is named <layer>.base_layer.bias.
    private static string Why(string key)
    {
        return key.EndsWith(".base_layer.bias", StringComparison.Ordinal)
            ? "; PEFT omits the biases that it trained with bias=\"lora_only\": add them to the file in Python, under these names"
            : string.Empty;
    }
}
