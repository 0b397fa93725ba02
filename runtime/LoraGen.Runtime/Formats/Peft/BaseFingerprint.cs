using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>
/// What identifies the base model of a saved adapter: a hash of the names and shapes of its parameters, and a few elements of a few weights. It is written
/// into the metadata of the tensors' file, which other readers ignore.
/// </summary>
/// <param name="Shapes">The hash of names and shapes. The adapted layers are left out: the adapter's own shapes tell, and they may be quantised.</param>
/// <param name="Weights">The elements of some weights, by name.</param>
/// <param name="Quantization">How the adapted layers' weights are quantised; null if they are not.</param>
internal sealed record BaseFingerprint(string Shapes, IReadOnlyDictionary<string, BaseSample> Weights, string? Quantization)
{
    public const string Key = "loragen.base";

    private const int MostWeights = 8;
    private const int HashLength = 32;

    /// <summary>The fingerprint of a base model.</summary>
    /// <param name="parameters">Its parameters, in the order of its state_dict.</param>
    /// <param name="sites">The adapter's sites.</param>
    /// <param name="trained">What the adapter trains itself. Its values before the training may be random, such as those of a new head.</param>
    /// <param name="valuesOf">A parameter's values without those of adapters.</param>
    public static BaseFingerprint Of(
        IReadOnlyList<BaseParameter> parameters, IReadOnlyList<Site> sites, TrainedTensors trained, Func<BaseParameter, Tensor> valuesOf)
    {
        var adapted = sites.SelectMany(site => site.Layers).Select(layer => layer.Module).ToHashSet();
        var shapes = parameters
            .Where(parameter => !adapted.Contains(parameter.Module))
            .Select(parameter => $"{parameter.Path} [{string.Join(", ", parameter.Parameter.shape)}]\n");
        var candidates = parameters
            .Where(parameter => IsSampled(parameter) && !trained.Tensors.Any(tensor => tensor.Is(parameter.Module, parameter.Name)))
            .ToArray();
        return new BaseFingerprint(
            Hash(string.Concat(shapes)),
            Spread(candidates).ToDictionary(parameter => parameter.Path, parameter => BaseSample.Of(valuesOf(parameter)), StringComparer.Ordinal),
            QuantizationOf(sites));
    }

    /// <summary>Reads the fingerprint of a file; null if another tool has written the file.</summary>
    /// <exception cref="InvalidDataException">The metadata is damaged.</exception>
    public static BaseFingerprint? Read(SafetensorsFile file)
    {
        if (!file.Metadata.TryGetValue(Key, out var text))
            return null;

        var json = JsonTree.Read(Encoding.UTF8.GetBytes(text), $"{file.Path}: {Key}");
        var weights = new Dictionary<string, BaseSample>(StringComparer.Ordinal);
        foreach (var (name, value) in json["weights"] as JsonObject ?? throw Damaged())
            weights[name] = TextOf(value) is { } sample && BaseSample.Parse(sample) is { } read ? read : throw Damaged();
        return new BaseFingerprint(TextOf(json["shapes"]) ?? throw Damaged(), weights, TextOf(json["quantization"]));

        InvalidDataException Damaged() => new($"{file.Path}: {Key} in its metadata is damaged. Save the adapter again.");
    }

    /// <summary>The metadata's value.</summary>
    public string ToJson()
    {
        var weights = new JsonObject(Weights.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value.ToString())));
        var json = new JsonObject { ["shapes"] = Shapes, ["weights"] = weights };
        if (Quantization is not null)
            json["quantization"] = Quantization;
        return json.ToJsonString();
    }

    /// <summary>The weights of the file that differ in a model.</summary>
    /// <param name="parameters">The model's parameters.</param>
    /// <param name="valuesOf">A parameter's values without those of adapters.</param>
    public IReadOnlyList<string> Differing(IReadOnlyList<BaseParameter> parameters, Func<BaseParameter, Tensor> valuesOf)
    {
        return
        [
            .. parameters
                .Where(parameter => Weights.ContainsKey(parameter.Path) && IsSampled(parameter))
                .Where(parameter => !Weights[parameter.Path].IsSameAs(BaseSample.Of(valuesOf(parameter))))
                .Select(parameter => parameter.Path),
        ];
    }

    private static string? QuantizationOf(IEnumerable<Site> sites)
    {
        var all = sites.Where(site => site.State.Quantized is not null)
            .Select(site => site.State.Quantized!.Weight.Options.Summary + (site.Method is LoraMethod { LoftqIterations: > 0 } ? ", LoftQ" : string.Empty))
            .Distinct(StringComparer.Ordinal);
        return string.Join("; ", all) is { Length: > 0 } summary ? summary : null;
    }

    // An adapter may be used on the float base model too. Vectors are often the same in all models of an architecture, such as the ones of a norm.
    private static bool IsSampled(BaseParameter place)
    {
        return place.Parameter is var parameter && is_floating_point(parameter) && parameter.shape.Length > 1 && parameter.numel() > 0
            && !QuantizedLayer.Is(place);
    }

    private static IEnumerable<BaseParameter> Spread(BaseParameter[] parameters)
    {
        var count = Math.Min(MostWeights, parameters.Length);
        return Enumerable.Range(0, count).Select(i => parameters[(int)((long)i * parameters.Length / count)]);
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
