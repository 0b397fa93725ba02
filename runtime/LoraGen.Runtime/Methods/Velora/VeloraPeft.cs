using System.Text.Json;
using System.Text.Json.Nodes;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>VeLoRA in PEFT's files: LoRA with <c>velora_config</c>, and the vector v as a buffer.</summary>
internal sealed class VeloraPeft() : LoraPeft("VeLoRA", usesDora: false)
{
    public static readonly VeloraPeft Instance = new();

    private const string Key = "velora_config";

    // PEFT's defaults.
    private const int DefaultGroups = 64;
    private const string DefaultProjection = "batch_average";

    public override string? Unwritable(IReadOnlyList<Site> sites)
    {
        var first = (VeloraMethod)sites[0].Method;
        return sites.FirstOrDefault(site => !IsLike((VeloraMethod)site.Method, first)) is { } other
            ? $"Groups, GradientScale and Projection of {other.Path} differ from those of {sites[0].Path}, but PEFT has one velora_config for all layers. Use "
                + "a second adapter for it"
            : null;
    }

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        base.Describe(config, sites);
        var method = (VeloraMethod)sites[0].Method;
        config[Key] = new JsonObject
        {
            ["num_groups"] = method.Groups,
            ["scale"] = method.GradientScale,
            ["init_type"] = Text(method.Projection),
        };
    }

    public override void Load(Site site, PeftConfig config, Func<string, Tensor> read)
    {
        base.Load(site, config, read);
        ((VeloraSite)site).Forget();
    }

    public override IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites)
    {
        foreach (var line in base.Contradictions(config, sites))
            yield return line;

        if (config.Json[Key] is not JsonObject theirs)
        {
            yield return $"{Key} is {PeftConfig.Shown(config.Json[Key])}, but the adapter is VeLoRA";
            yield break;
        }

        var method = (VeloraMethod)sites[0].Method;
        if (Number(theirs, "num_groups", DefaultGroups) != method.Groups)
            yield return $"{Key} has num_groups {PeftConfig.Shown(theirs["num_groups"])}, but Groups is {method.Groups}";
        if (Number(theirs, "scale", 1) != method.GradientScale)
            yield return $"{Key} has scale {PeftConfig.Shown(theirs["scale"])}, but GradientScale is {Numbers.Text(method.GradientScale)}";
        if ((theirs["init_type"] is JsonValue text && text.TryGetValue<string>(out var type) ? type : DefaultProjection) != Text(method.Projection))
            yield return $"{Key} has init_type {PeftConfig.Shown(theirs["init_type"])}, but Projection is {method.Projection}";
    }

    private protected override IEnumerable<string> OwnKeys => [Key];

    private static double Number(JsonObject json, string key, double otherwise)
    {
        return json[key] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : otherwise;
    }

    private static bool IsLike(VeloraMethod one, VeloraMethod other)
    {
        return (one.Groups, one.GradientScale, one.Projection) == (other.Groups, other.GradientScale, other.Projection);
    }

    private static string Text(VeloraProjection projection) => projection switch
    {
        VeloraProjection.FirstBatch => "batch_average_once",
        VeloraProjection.EachBatch => "batch_average",
        _ => "random",
    };
}
