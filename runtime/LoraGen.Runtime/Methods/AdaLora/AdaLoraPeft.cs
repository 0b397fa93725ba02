using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// AdaLoRA in PEFT's files. Triplets that were taken away are not in the tensors; <c>rank_pattern</c> tells which the others are.
/// </summary>
internal sealed class AdaLoraPeft : PeftMethod
{
    private const string RankPattern = "rank_pattern";
    private const string Ending = ".lora_E";

    public static readonly AdaLoraPeft Instance = new();

    // Those that are not read configure the training, or belong to LoRA.
    private static readonly string[] Keys =
    [
        "alpha_pattern", "beta1", "beta2", "deltaT", "ensure_weight_tying", "fan_in_fan_out", "init_lora_weights", "init_r", "loftq_config", "lora_alpha",
        "lora_dropout", "megatron_core", "orth_reg_weight", "qalora_group_size", "r", RankPattern, "runtime_config", "target_r", "tfinal", "tinit",
        "total_step", "use_rslora",
    ];

    public override string Type => "ADALORA";

    public override IReadOnlyList<string> Modules { get; } =
    [
        "base_layer", "lora_dropout", "lora_dropout.default", "lora_A", "lora_B", "lora_E", "lora_embedding_A", "lora_embedding_B", "ranknum",
    ];

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        var method = (AdaLoraMethod)sites[0].Method;
        config["fan_in_fan_out"] ??= false;
        config["init_lora_weights"] ??= true;

        // PEFT does not use it, and warns of other values.
        config["r"] = LowRankMethod.DefaultRank;
        config["init_r"] = method.InitialRank;
        config["target_r"] = method.TargetRank;
        config["lora_alpha"] = Number(method.Alpha);
        config["lora_dropout"] = method.Dropout;
        config["tinit"] = method.InitialSteps;
        config["tfinal"] = method.FinalSteps;
        config["deltaT"] = method.Interval;
        config["total_step"] = method.TotalSteps;
        config["beta1"] = method.Beta1;
        config["beta2"] = method.Beta2;
        config["orth_reg_weight"] = method.OrthogonalWeight;
        config[RankPattern] = Pattern([.. sites.Cast<AdaLoraSite>()]);
    }

    public override IEnumerable<(string Suffix, Tensor Tensor)> Tensors(Site site, PeftConfig? config)
    {
        var ada = (AdaLoraSite)site;
        if ((config is null ? ada.Written() : Read(config, ada)) is not { } kept)
            return Suffixed(site, [ada.A, ada.B, ada.E]);

        var rows = Rows(ada, kept);
        return Suffixed(site, [ada.A.index_select(0, rows), ada.B.index_select(1, rows), ada.E.index_select(0, rows)]);
    }

    public override void Load(Site site, PeftConfig config, Func<string, Tensor> read)
    {
        var ada = (AdaLoraSite)site;
        var kept = Read(config, ada);
        if (kept is null)
        {
            base.Load(site, config, read);
        }
        else
        {
            var rows = Rows(ada, kept);
            ada.E.zero_();
            foreach (var ((suffix, _), (tensor, dimension)) in Suffixed(site, [ada.A, ada.B, ada.E]).Zip<(string, Tensor), (Tensor, long)>(
                [(ada.A, 0), (ada.B, 1), (ada.E, 0)]))
            {
                tensor.index_copy_(dimension, rows, read(suffix).to(tensor.dtype, tensor.device));
            }
        }

        ada.Keep(kept);
    }

    public override IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites)
    {
        foreach (var line in PeftKeys.Faults(config, Keys, "AdaLoRA"))
            yield return line;

        var method = (AdaLoraMethod)sites[0].Method;
        foreach (var (key, option, theirs, ours) in new[]
        {
            ("init_r", "InitialRank", config.Number("init_r", AdaLoraMethod.DefaultInitialRank), method.InitialRank),
            ("lora_alpha", "Alpha", config.Number("lora_alpha", LowRankMethod.DefaultRank), method.Alpha),
            ("lora_dropout", "Dropout", config.Number("lora_dropout", 0), method.Dropout),
        })
        {
            if (!theirs.Equals(ours))
                yield return $"{key} is {Text(theirs)}, but {option} is {Text(ours)} at {PathList.Summarize([.. sites.Select(site => site.Path)])}";
        }

        var patterns = config.Json[RankPattern] as JsonObject ?? [];
        foreach (var key in patterns.Select(entry => entry.Key).Where(key => !sites.Any(site => key == site.Path + Ending)))
            yield return $"{RankPattern} has {key}, but no adapted layer is at that path";
    }

    public override string? Difference(PeftConfig config, IReadOnlyList<Site> sites)
    {
        // A key that is missing or null has PEFT's default, which is that of the option; the number of steps has none.
        var own = (AdaLoraMethod)sites[0].Method;
        var defaults = new AdaLoraMethod { TotalSteps = own.TotalSteps }.Settings;
        string[] lines =
        [
            .. own.Settings.Zip(defaults, (setting, otherwise) => (Setting: setting, Saved: config.Number(setting.PeftKey, otherwise.Value)))
                .Where(pair => !pair.Saved.Equals(pair.Setting.Value))
                .Select(pair => $"{pair.Setting.PeftKey} {Text(pair.Saved)}, but {pair.Setting.Option} is {Text(pair.Setting.Value)}"),
        ];
        return lines.Length == 0
            ? null
            : $"the adapter was trained with {string.Join("; with ", lines)}. A training that goes on takes ranks away by the attribute's schedule";
    }

    // Null if the file has all triplets of the site.
    private static bool[]? Read(PeftConfig config, AdaLoraSite site)
    {
        if (config.Json[RankPattern] is not { } patterns)
            return null;
        if (patterns is not JsonObject bySite)
            throw Unexpected(RankPattern, patterns, "true or false for each rank by layer name");
        if (bySite[site.Path + Ending] is not { } pattern)
            return null;

        return pattern is JsonArray list && list.Count == site.Options.InitialRank && list.All(IsFlag)
            ? [.. list.Select(flag => flag!.GetValue<bool>())]
            : throw Unexpected($"{RankPattern}[\"{site.Path}{Ending}\"]", pattern, $"true or false for each of {site.Options.InitialRank} ranks");

        InvalidDataException Unexpected(string key, JsonNode found, string expected)
        {
            return new InvalidDataException($"{config.PlaceOf(key)} is {PeftConfig.Shown(found)}, expected {expected}.");
        }

        static bool IsFlag(JsonNode? node) => node is JsonValue value && value.GetValueKind() is JsonValueKind.True or JsonValueKind.False;
    }

    private static JsonObject? Pattern(IReadOnlyList<AdaLoraSite> sites)
    {
        return sites.Any(site => site.HasPattern)
            ? new JsonObject(sites.OrderBy(site => site.Path, StringComparer.Ordinal).Select(site => KeyValuePair.Create(
                site.Path + Ending, (JsonNode?)new JsonArray([.. (site.Written() ?? [.. site.IsKept]).Select(isKept => (JsonNode)isKept)]))))
            : null;
    }

    private static IEnumerable<(string Suffix, Tensor Tensor)> Suffixed(Site site, IReadOnlyList<Tensor> tensors)
    {
        return site.Own.Specs.Zip(tensors, (spec, tensor) => (spec.PeftSuffix, tensor));
    }

    private static Tensor Rows(AdaLoraSite site, bool[] kept)
    {
        return tensor(kept.Select((isKept, row) => (isKept, row)).Where(pair => pair.isKept).Select(pair => (long)pair.row).ToArray(), device: site.A.device);
    }

    private static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    // PEFT writes a whole alpha without a decimal point.
    private static JsonNode Number(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e15 ? (long)value : value;
}
