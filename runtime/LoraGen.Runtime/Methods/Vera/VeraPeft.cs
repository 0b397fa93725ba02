using System.Text.Json.Nodes;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>VeRA in PEFT's files: λ_b and λ_d of each layer, and A and B once, or only the key from which they are drawn.</summary>
internal sealed class VeraPeft(VeraMethod method) : PeftMethod
{
    private const string SavesProjection = "save_projection";

    private static readonly string[] Keys = ["d_initial", "fan_in_fan_out", "init_weights", "projection_prng_key", "r", SavesProjection, "vera_dropout"];

    public override string Type => "VERA";

    public override IReadOnlyList<string> Modules { get; } =
        ["base_layer", "vera_dropout", "vera_dropout.default", "vera_lambda_b", "vera_lambda_d", "vera_A", "vera_B"];

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        config["r"] = method.Rank;
        config["projection_prng_key"] = method.ProjectionKey;
        config[SavesProjection] = method.SaveProjection;
        config["vera_dropout"] = Dropout(sites);
        config["d_initial"] = ((VeraMethod)sites[0].Method).DInitial;
        config["fan_in_fan_out"] ??= false;
        config["init_weights"] ??= true;
        config.Remove("exclude_modules");
    }

    public override IEnumerable<(string Key, Tensor Tensor)> SharedTensors(ParameterSet shared, PeftConfig? config)
    {
        if (method.SaveProjection)
            return base.SharedTensors(shared, config);

        // Otherwise the file would be read with others.
        if (config is null && !VeraProjections.AreOf(shared, method.ProjectionKey))
        {
            throw new InvalidOperationException(
                $"A and B are no longer those of ProjectionKey {method.ProjectionKey}, from which they are drawn when the adapter is loaded: they were set or "
                + "rounded. Set SaveProjection to true, so that they are saved.");
        }

        return [];
    }

    public override void LoadShared(ParameterSet shared, PeftConfig config, Func<string, Tensor> read)
    {
        if (method.SaveProjection)
            base.LoadShared(shared, config, read);
        else
            VeraProjections.Fill(shared, method.ProjectionKey);
    }

    public override string WhyMissing(string key)
    {
        return key is "base_model.vera_A" or "base_model.vera_B"
            ? $"; if it is to be drawn from projection_prng_key, set {SavesProjection} to false in {PeftConfig.FileName}, and SaveProjection"
            : base.WhyMissing(key);
    }

    public override IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites)
    {
        foreach (var line in PeftKeys.Faults(config, Keys, "VeRA"))
            yield return line;

        foreach (var (key, option, theirs, ours) in new[]
        {
            ("r", nameof(method.Rank), config.Number("r", VeraMethod.DefaultRank), method.Rank),
            ("projection_prng_key", nameof(method.ProjectionKey), config.Number("projection_prng_key", 0), method.ProjectionKey),
            ("vera_dropout", nameof(method.Dropout), config.Number("vera_dropout", 0), Dropout(sites)),
        })
        {
            if (!theirs.Equals(ours))
                yield return $"{key} is {Numbers.Text(theirs)}, but {option} is {Numbers.Text(ours)}";
        }

        var saves = config.Json[SavesProjection] is null || config.Flag(SavesProjection);
        if (saves != method.SaveProjection)
            yield return $"{SavesProjection} is {(saves ? "true" : "false")}, but SaveProjection is {(method.SaveProjection ? "true" : "false")}";
    }

    // PEFT has one for all layers: the most common.
    private static double Dropout(IReadOnlyList<Site> sites)
    {
        return sites.GroupBy(site => ((VeraMethod)site.Method).Dropout).MaxBy(group => group.Count())!.Key;
    }
}
