using System.Text.Json.Nodes;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// GLoRA in PEFT's files. PEFT has a buffer of zeros for each part that is none, also for C, D and E of a layer without a bias, and saves it. Its rank and
/// forms are those of all layers.
/// </summary>
internal sealed class GloraPeft : PeftMethod
{
    private static readonly string[] Keys = ["r", "config_A_B", "config_C", "config_D_E", "init_weights"];
    private static readonly string[] Parts = ["A", "B", "C", "D", "E"];

    public static readonly GloraPeft Instance = new();

    public override string Type => "GLORA";

    public override IReadOnlyList<string> Modules { get; } = ["base_layer", .. Parts.SelectMany(part => new[] { $"glora_{part}", $"glora_{part}.default" })];

    public override bool HasLayers => false;

    public override string? Unwritable(IReadOnlyList<Site> sites)
    {
        var most = Most(sites);
        return sites.FirstOrDefault(site => !IsLike((GloraMethod)site.Method, most, site.Facts)) is { } other
            ? $"{other.Path} has {other.Method.Summary}, and others have {most.Summary}, but PEFT has one rank and one form of each part for all layers of "
                + "a GLoRA adapter. Use a second adapter for it"
            : null;
    }

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        var method = Most(sites);
        config["r"] = method.Rank;
        config["config_A_B"] = Text(method.PartAB);
        config["config_C"] = Text(method.PartC);
        config["config_D_E"] = Text(method.PartDE);
        config["init_weights"] ??= true;
        config.Remove("layers_to_transform");
        config.Remove("layers_pattern");
    }

    public override IEnumerable<(string Suffix, Tensor Tensor)> Tensors(Site site, PeftConfig? config)
    {
        return base.Tensors(site, config).Concat(Zeros(site).Select(part => (part.Suffix, (Tensor)zeros(part.Shape))));
    }

    public override void Load(Site site, PeftConfig config, Func<string, Tensor> read)
    {
        foreach (var (suffix, parameter) in base.Tensors(site, config))
            parameter.copy_(read(suffix));
    }

    public override IEnumerable<string> Faults(Site site, PeftConfig config, Func<string, Tensor> read)
    {
        foreach (var (suffix, _) in Zeros(site).Where(part => read(part.Suffix).count_nonzero().item<long>() > 0))
            yield return $"tensor {KeyOf(site, suffix)} has values, but that part is None at {site.Path}";
    }

    public override IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites)
    {
        foreach (var line in PeftKeys.Faults(config, Keys, "GLoRA"))
            yield return line;

        var method = Most(sites);
        var hasBias = sites.Any(site => site.Facts.HasBias == true);
        if (method.HasRank && config.Number("r", 8) is var rank && rank != method.Rank)
            yield return $"r is {Numbers.Text(rank)}, but Rank is {method.Rank}";
        foreach (var line in Differences("config_A_B", "lora", nameof(method.PartAB), method.PartAB)
            .Concat(hasBias ? Differences("config_C", "lora", nameof(method.PartC), method.PartC) : [])
            .Concat(hasBias ? Differences("config_D_E", "constant", nameof(method.PartDE), method.PartDE) : []))
        {
            yield return line;
        }

        IEnumerable<string> Differences(string key, string otherwise, string option, GloraPart part)
        {
            var value = config.Text(key) ?? otherwise;
            return value == Text(part) ? [] : [$"{key} is \"{value}\", but {option} is {part}"];
        }
    }

    // The forms of C, D and E mean nothing on a layer without a bias, where the attribute has none.
    private static bool IsLike(GloraMethod method, GloraMethod most, LayerFacts layer)
    {
        return method.Rank == most.Rank && method.PartAB == most.PartAB
            && (layer.HasBias != true || (method.PartC == most.PartC && method.PartDE == most.PartDE));
    }

    private static GloraMethod Most(IReadOnlyList<Site> sites)
    {
        return (GloraMethod)(sites.FirstOrDefault(site => site.Facts.HasBias == true) ?? sites[0]).Method;
    }

    private static IEnumerable<(string Suffix, long[] Shape)> Zeros(Site site)
    {
        var (inputs, outputs) = (site.Facts.Inputs, site.Facts.Outputs);
        return Parts
            .Where(part => site.Own.Find(part) is null && site.Own.Find($"Left{part}") is null)
            .Select(part => ($".glora_{part}.zeros", part switch
            {
                "A" or "B" => new[] { outputs, inputs },
                "C" => [inputs, 1],
                _ => [outputs],
            }));
    }

    private static string Text(GloraPart part) => part switch
    {
        GloraPart.LowRank => "lora",
        GloraPart.Vector => "vector",
        GloraPart.Constant => "constant",
        _ => "none",
    };
}
