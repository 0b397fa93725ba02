using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>
/// An adapter in the files of Hugging Face's PEFT: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, in the folder itself for the adapter
/// <c>default</c>, otherwise in a subfolder of its name.
/// </summary>
internal static class PeftFolder
{
    /// <summary>What is written for an adapter.</summary>
    public static PeftSnapshot Snapshot(string folder, string name, PeftContent content, PeftOrigin origin, BaseFingerprint fingerprint)
    {
        var metadata = new Dictionary<string, string> { ["format"] = "pt", [BaseFingerprint.Key] = fingerprint.ToJson() };
        var tensors = content.Tensors(null);
        foreach (var (key, tensor) in content.Held.Others())
            tensors.Add(key, tensor);
        return new PeftSnapshot(PeftPlace.Of(folder, name), tensors, metadata, Describe(content, origin));
    }

    /// <summary>Reads both files, checks everything, and then sets the sites' parameters.</summary>
    /// <returns>The config, which a later save writes back, and what differs without being a fault.</returns>
    /// <exception cref="InvalidDataException">Something is missing, unexpected or contradicts the attributes: the message lists all of it.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled before anything was set.</exception>
    public static (JsonObject Config, AdapterLoadReport Report) Load(
        string folder, string name, string adapter, PeftContent content, PeftBase model, PeftLoading loading)
    {
        var place = PeftPlace.Of(folder, name);
        PeftPlace.EnsureComplete(folder, name);
        var config = PeftConfig.Read(Path.Combine(place, PeftConfig.FileName));

        // Not mapped: Python's writer shortens the file that it replaces, and another program may still train and save the adapter.
        using var file = SafetensorsFile.Open(Path.Combine(place, PeftPlace.TensorsName), map: false);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (sites, trained) = (content.Sites, content.Held);
        var parameters = content.Tensors(config);
        var type = config.Text("peft_type");
        Ensure(content.Peft.Reads(type)
            ?
            [
                .. content.Peft.Contradictions(config, content),
                .. trained.Faults(config, file),
                .. content.Peft.HasTargets ? content.Targets.Faults(config, content.Modules, content.Adapted) : [],
                .. TensorFaults(file, parameters, content, config),
                .. trained.Contradictions(file),
            ]
            : [OtherType(type, config, content)]);
        var fingerprint = BaseFingerprint.Read(file);
        var differences = fingerprint is { } saved
            ? model.Differences(saved, config.Text("base_model_name_or_path"), model.Fingerprint(sites, trained.Trained))
            : default;
        Ensure(differences.Shapes is { } shapes && !loading.AllowOtherBase
            ? [$"{shapes}; attach a new adapter and call Load(folder, allowOtherBase: true) to load it nevertheless"]
            : []);

        var values = Values(file, parameters.Keys, loading.Progress);
        Ensure(loading.AllowNonFinite ? [] : PeftFinite.Faults(values, parameters, trained.Trained));
        Ensure(content.Faults(config, values));
        loading.Progress.ThrowIfCancelled();
        content.Load(config, values);

        var training = content.Peft.Difference(config, content.Sites);
        string[] warnings = [.. new[] { differences.Shapes, differences.Weights, differences.Quantization, training }.OfType<string>().Select(Sentence)];
        var report = new AdapterLoadReport(config.Text("base_model_name_or_path"), config.Text("task_type"), warnings)
        {
            BaseQuantization = fingerprint?.Quantization,
        };
        return ((JsonObject)config.Json.DeepClone(), report);

        void Ensure(IEnumerable<string> faults)
        {
            var lines = faults.ToArray();
            if (lines.Length > 0)
                throw new InvalidDataException($"The PEFT adapter in \"{place}\" does not fit {adapter}; nothing was loaded:\n- {string.Join("\n- ", lines)}");
        }
    }

    private static string OtherType(string? type, PeftConfig config, PeftContent content)
    {
        string[] readers = [.. AdapterMethods.All.Where(method => method.Peft.Reads(type)).Select(method => $"[{method.Name}]")];
        var found = type is null ? "missing" : $"\"{type}\"";
        var advice = type == OwnPeft.OwnType ? $"attach one of the method in {OwnPeft.Key}, {PeftConfig.Shown(config.Json[OwnPeft.Key])}"
            : readers.Length == 0 ? "LoraGen has no such method"
            : $"attach one of {string.Join(" or ", readers)}";
        return $"peft_type is {found}, but the adapter is {content.Peft.Type}: {advice}";
    }

    private static string Sentence(string warning) => $"{char.ToUpperInvariant(warning[0])}{warning[1..]}.";

    private static Dictionary<string, Tensor> Values(SafetensorsFile file, IReadOnlyCollection<string> keys, FileProgress progress)
    {
        progress.Begin(keys.Sum(key => file[key].ByteCount));
        var values = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            values.Add(key, file.Read(key));
            progress.Add(file[key].ByteCount);
        }

        return values;
    }

    private static JsonObject Describe(PeftContent content, PeftOrigin origin)
    {
        var config = origin.Loaded is null ? Classic() : (JsonObject)origin.Loaded.DeepClone();
        if (origin.BaseModel is not null)
            config["base_model_name_or_path"] = origin.BaseModel;
        if (origin.TaskType is not null)
            config["task_type"] = origin.TaskType;
        config["peft_type"] = content.Peft.Type;
        content.Held.Describe(config);
        if (content.Peft.HasTargets)
            content.Targets.Describe(config, content.Modules, content.Peft.HasLayers);
        config["inference_mode"] = true;
        content.Peft.Describe(config, content);
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

    private static IEnumerable<string> TensorFaults(
        SafetensorsFile file, IReadOnlyDictionary<string, Tensor> parameters, PeftContent content, PeftConfig config)
    {
        var trained = content.Held;
        foreach (var (key, parameter) in parameters)
        {
            if (!file.Contains(key))
                yield return $"tensor {key} [{string.Join(", ", parameter.shape)}] is missing{content.Peft.WhyMissing(key)}";
            else if (!file[key].Shape.SequenceEqual(parameter.shape))
                yield return $"tensor {key} is [{string.Join(", ", file[key].Shape)}], expected [{string.Join(", ", parameter.shape)}]";
            else if (is_floating_point(parameter) && !IsFloat(file[key].Dtype))
                yield return $"tensor {key} is {file[key].Dtype}, expected a floating-point type";
        }

        var others = trained.OtherKeys(config);
        foreach (var key in file.Tensors.Select(tensor => tensor.Name).Where(IsUnknown))
        {
            if (PeftWrapped.Has(key, trained.Trained))
            {
                if (PeftWrapped.Fault(file, key, trained.Trained) is { } fault)
                    yield return $"tensor {key} {fault}";
            }
            else if (content.LayerOf(key) is not { } layer)
                yield return $"tensor {key} is unexpected";
            else if (!PeftBaseWeights.IsSame(file, key, layer.Weight))
            {
                yield return $"tensor {key} differs from the model's weight: "
                    + "the adapter was trained with a changed base, so load that weight into the model first";
            }
        }

        bool IsUnknown(string key) => !parameters.ContainsKey(key) && !others.Contains(key) && !content.Peft.Ignores(key);
    }

    private static bool IsFloat(ScalarType type)
    {
        return type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;
    }
}
