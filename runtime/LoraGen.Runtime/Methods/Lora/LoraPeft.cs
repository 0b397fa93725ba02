using System.Globalization;
using System.Text.Json.Nodes;
using LoraGen.Formats;

namespace LoraGen;

/// <summary>LoRA's keys in PEFT's <c>adapter_config.json</c>; DoRA is LoRA with <c>use_dora</c> there.</summary>
internal class LoraPeft(string name, bool usesDora) : PeftMethod
{
    private const string RankPattern = "rank_pattern";

    public static readonly LoraPeft OfDora = new("DoRA", usesDora: true);

    public static readonly LoraPeft OfLoraFa = new("LoRA-FA", usesDora: false);

    // Those that are not read configure an initialization, or a feature that has a key of its own.
    private static readonly string[] Keys =
    [
        "alpha_pattern", "corda_config", "ensure_weight_tying", "ephemeral_gpu_offload", "eva_config", "fan_in_fan_out", PeftInit.Key, "loftq_config",
        "lora_alpha", "lora_dropout", "lora_ga_config", "megatron_core", "qalora_group_size", "r", RankPattern, "runtime_config", "use_dora",
        "use_rslora",
    ];

    public override string Type => "LORA";

    public override IReadOnlyList<string> Modules { get; } =
    [
        "base_layer", "lora_dropout", "lora_dropout.default", "lora_A", "lora_A.default", "lora_B", "lora_B.default", "lora_embedding_A", "lora_embedding_B",
        "lora_magnitude_vector", "lora_magnitude_vector.default",
    ];

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        var loras = sites.Cast<LowRankSite>().ToArray();
        var isRankStabilized = loras.All(site => site.Options.RankStabilized);
        var rank = MostCommon(loras, Rank);
        var alpha = MostCommon(loras, Alpha);
        config["fan_in_fan_out"] ??= false;
        config["r"] = rank;
        config["lora_alpha"] = Number(alpha);
        config["lora_dropout"] = MostCommon(loras, site => site.Dropout);
        config["use_dora"] = usesDora;
        config["use_rslora"] = isRankStabilized;
        config[RankPattern] = Patterns(loras, Rank, rank);
        config["alpha_pattern"] = Patterns(loras, Alpha, alpha);
        config[PeftInit.Key] ??= InitOf(loras);

        // PEFT has one scaling rule for all layers; where ours differ, alpha is written as the plain rule needs it.
        double Alpha(LowRankSite site)
        {
            if (isRankStabilized)
                return site.Alpha * Math.Sqrt(Rank(site) / site.Rank);
            return site.Options.RankStabilized ? site.Scaling * Rank(site) : site.Alpha * Rank(site) / site.Rank;
        }

        double Rank(LowRankSite site) => RankOf(site, null);
    }

    public override IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites)
    {
        foreach (var line in PeftKeys.Faults(config, [.. Keys, .. OwnKeys], name))
            yield return line;
        if (config.Flag("use_dora") != usesDora)
            yield return $"use_dora is {(usesDora ? "false" : "true")}, but the adapter is {name}";
        if (PeftInit.Fault(config, HasResidualForm) is { } fault)
            yield return fault;

        var loras = sites.Cast<LowRankSite>().ToArray();
        var ranks = config.Patterns(RankPattern);
        var alphas = config.Patterns("alpha_pattern");
        var isRankStabilized = config.Flag("use_rslora");
        foreach (var line in Differences(loras, "r", "Rank", Rank, site => RankOf(site, config)))
            yield return line;

        // Only the product matters, so both rules and every alpha can be compared.
        foreach (var line in Differences(loras, isRankStabilized ? "lora_alpha / √r" : "lora_alpha / r", "Scaling", Scaling, site => site.Scaling))
            yield return line;
        foreach (var line in Differences(
            loras[..1],
            "lora_dropout",
            "Dropout",
            _ => config.Number("lora_dropout", 0),
            _ => MostCommon(loras, site => site.Dropout)))
        {
            yield return line;
        }

        double Rank(LowRankSite site) => ranks.ValueOf(site.Path) ?? config.Number("r", 8);

        double Scaling(LowRankSite site)
        {
            var rank = Rank(site);
            return (alphas.ValueOf(site.Path) ?? config.Number("lora_alpha", 8)) / (isRankStabilized ? Math.Sqrt(rank) : rank);
        }
    }

    /// <summary>The keys that only this method reads.</summary>
    private protected virtual IEnumerable<string> OwnKeys => [];

    /// <summary>Whether the method reads the files of an initialization that changes the base weights in PEFT, which they belong to.</summary>
    /// <param name="text">The value of <c>init_lora_weights</c>.</param>
    private protected virtual bool HasResidualForm(string text) => false;

    /// <summary>Returns the rank of a site's tensors in a file with the config; null if the file is being written.</summary>
    private protected virtual int RankOf(LowRankSite site, PeftConfig? config) => site.Rank;

    // PEFT refuses to read an orthogonal initialization of an odd rank or of a convolution.
    private static JsonNode InitOf(IReadOnlyList<LowRankSite> sites)
    {
        if (sites.All(site => site.Options.InitA == LoraInit.Orthogonal && site.Facts.Kind != LayerKind.Convolution))
            return "orthogonal";
        return sites[0].Options.InitA == LoraInit.Gaussian ? "gaussian" : true;
    }

    // A pattern is a regular expression that matches every path that ends with it. If another layer's path does too, the pattern is anchored at the beginning,
    // and escaped if that isn't enough.
    private static JsonObject Patterns(IReadOnlyList<LowRankSite> sites, Func<LowRankSite, double> value, double usual)
    {
        return new JsonObject(sites
            .Where(site => value(site) != usual)
            .Select(site => (Key: Key(site), site))
            .OrderBy(pattern => pattern.Key, StringComparer.Ordinal)
            .Select(pattern => KeyValuePair.Create(pattern.Key, (JsonNode?)Number(value(pattern.site)))));

        string Key(LowRankSite site)
        {
            string[] keys = [site.Path, $"^{site.Path}", $"^{PeftNames.Escape(site.Path)}"];
            return keys.FirstOrDefault(key => IsOwn(key, site)) ?? keys[^1];
        }

        bool IsOwn(string key, LowRankSite site)
        {
            var pattern = PeftConfig.Of(new JsonObject { [RankPattern] = new JsonObject { [key] = 1 } }).Patterns(RankPattern);
            return sites.All(other => pattern.ValueOf(other.Path) is not null == (other == site));
        }
    }

    private static IEnumerable<string> Differences(
        IReadOnlyList<LowRankSite> sites, string key, string option, Func<LowRankSite, double> theirs, Func<LowRankSite, double> ours)
    {
        return sites
            .Select(site => (site.Path, Theirs: theirs(site), Ours: ours(site)))
            .Where(pair => Math.Abs(pair.Theirs - pair.Ours) > 1e-9 * Math.Abs(pair.Ours))
            .GroupBy(pair => (pair.Theirs, pair.Ours), pair => pair.Path)
            .Select(group => $"{key} is {Text(group.Key.Theirs)}, but {option} is {Text(group.Key.Ours)} at {PathList.Summarize([.. group])}");
    }

    private static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    // PEFT writes a whole alpha without a decimal point.
    private static JsonNode Number(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e15 ? (long)value : value;

    private static T MostCommon<T>(IEnumerable<LowRankSite> sites, Func<LowRankSite, T> value)
    {
        return sites.GroupBy(value).OrderByDescending(group => group.Count()).First().Key;
    }
}
