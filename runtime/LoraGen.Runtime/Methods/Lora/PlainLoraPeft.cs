using System.Text.Json.Nodes;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// LoRA in PEFT's files, with B's bias. PEFT has <c>lora_bias</c> for all layers or for none, so if only some sites have the bias, those without it are written
/// with zeros.
/// </summary>
internal sealed class PlainLoraPeft() : LoraPeft("LoRA", usesDora: false)
{
    public static readonly PlainLoraPeft Instance = new();

    private const string Key = "lora_bias";
    private const string Suffix = ".lora_B.bias";

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        base.Describe(config, sites);
        var hasBias = sites.Any(HasBias);
        if (hasBias || config.ContainsKey(Key))
            config[Key] = hasBias;

        // PEFT refuses a bias beside the name of an initialization.
        if (hasBias)
            config[PeftInit.Key] = true;
    }

    public override IEnumerable<(string Suffix, Tensor Tensor)> Tensors(Site site, PeftConfig? config)
    {
        return IsPadded(site, config) ? base.Tensors(site, config).Append((Suffix, zeros(site.Facts.Outputs))) : base.Tensors(site, config);
    }

    public override IEnumerable<string> Faults(Site site, PeftConfig config, Func<string, Tensor> read)
    {
        if (IsPadded(site, config) && read(Suffix).count_nonzero().item<long>() > 0)
            yield return $"tensor {KeyOf(site, Suffix)} has values, but BiasB is false at {site.Path}";
    }

    public override void Load(Site site, PeftConfig config, Func<string, Tensor> read)
    {
        foreach (var (suffix, parameter) in base.Tensors(site, config))
            parameter.copy_(read(suffix));
    }

    public override IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites)
    {
        var contradictions = base.Contradictions(config, sites);
        return (config.Flag(Key), sites.Any(HasBias)) switch
        {
            (true, false) => contradictions.Append($"{Key} is true, but BiasB is false"),
            (false, true) => contradictions.Append(
                $"{Key} is false, but BiasB is true at {PathList.Summarize([.. sites.Where(HasBias).Select(site => site.Path)])}"),
            _ => contradictions,
        };
    }

    private protected override IEnumerable<string> OwnKeys => [Key];

    private static bool HasBias(Site site) => ((LoraMethod)site.Method).BiasB;

    private static bool IsPadded(Site site, PeftConfig? config)
    {
        return !HasBias(site) && site.Facts.Kind != LayerKind.Embedding && (config?.Flag(Key) ?? site.Adapter.Sites.Any(HasBias));
    }
}
