using System.Globalization;
using System.Text.Json.Nodes;
using LoraGen.Formats;

namespace LoraGen;

/// <summary>
/// OFT's keys in PEFT's <c>adapter_config.json</c>, which are those of all layers. The size or the number of blocks in it is the nearest that divides a layer's
/// inputs, as PEFT computes it.
/// </summary>
internal sealed class OftPeft : PeftMethod
{
    private const string Count = "r";
    private const string Size = "oft_block_size";
    private const string Series = "use_cayley_neumann";
    private const string Version = "peft_version";

    // The first release that computes today's series.
    private const int Major = 0;
    private const int Minor = 18;

    public static readonly OftPeft Instance = new();

    private static readonly string[] Keys =
    [
        "block_share", "coft", "eps", "fan_in_fan_out", "init_weights", "module_dropout", "num_cayley_neumann_terms", Size, Count, Series,
    ];

    public override string Type => "OFT";

    public override IReadOnlyList<string> Modules { get; } =
        ["base_layer", "oft_R", "oft_R.default", "oft_embedding_R", "oft_dropout", "oft_dropout.default"];

    public override string? Unwritable(IReadOnlyList<Site> sites)
    {
        var first = (OftMethod)sites[0].Method;
        if (sites.FirstOrDefault(site => !IsLike((OftMethod)site.Method, first)) is { } other)
        {
            return $"{other.Path} has {other.Method.Summary}, and {sites[0].Path} has {first.Summary}, but PEFT has one form of OFT for all layers. Use a "
                + "second adapter for it";
        }

        return Common(sites) is null
            ? $"{string.Join(", ", Sizes(sites).Select(site => $"{site.Path} has blocks of {site.BlockSize}"))}, but PEFT has one size or number of blocks for "
                + "all layers. Use a second adapter"
            : null;
    }

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        var method = (OftMethod)sites[0].Method;
        var (key, value) = Common(sites)!.Value;
        config[Count] = 0;
        config[Size] = 0;
        config[key] = value;
        config["module_dropout"] = method.Dropout;
        config["coft"] = method.Constrained;
        config["eps"] = method.Epsilon;
        config["block_share"] = method.BlockShare;
        config[Series] = method.NeumannTerms > 0;
        config["num_cayley_neumann_terms"] = method.NeumannTerms > 0 ? method.NeumannTerms : OftMethod.DefaultNeumannTerms;
        config["fan_in_fan_out"] ??= false;
        config["init_weights"] ??= true;

        // PEFT takes a file without it as one of an older release.
        config[Version] ??= $"{Major}.{Minor}.0";
    }

    public override IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites)
    {
        foreach (var line in PeftKeys.Faults(config, Keys, "OFT").Concat(OfBlocks(config, sites)))
            yield return line;

        var method = (OftMethod)sites[0].Method;
        if (config.Number("module_dropout", 0) is var dropout && dropout != method.Dropout)
            yield return $"module_dropout is {Numbers.Text(dropout)}, but Dropout is {Numbers.Text(method.Dropout)}";
        if (config.Flag("coft") != method.Constrained)
            yield return $"coft is {Text(!method.Constrained)}, but Constrained is {Text(method.Constrained)}";
        if (method.Constrained && config.Number("eps", OftMethod.DefaultEpsilon) is var epsilon && epsilon != method.Epsilon)
            yield return $"eps is {Numbers.Text(epsilon)}, but Epsilon is {Numbers.Text(method.Epsilon)}";
        if (config.Flag("block_share") != method.BlockShare)
            yield return $"block_share is {Text(!method.BlockShare)}, but BlockShare is {Text(method.BlockShare)}";

        var isSeries = config.Json[Series] is null || config.Flag(Series);
        var terms = isSeries ? config.Number("num_cayley_neumann_terms", OftMethod.DefaultNeumannTerms) : 0;
        if (terms != method.NeumannTerms)
        {
            var theirs = isSeries ? $"num_cayley_neumann_terms is {Numbers.Text(terms)}" : $"{Series} is false";
            yield return $"{theirs}, but NeumannTerms is {method.NeumannTerms}";
        }

        if (isSeries && IsOlder(config.Text(Version)))
        {
            var known = config.Json[Series] is null ? "missing, which means true" : "true";
            yield return $"{Version} is {PeftConfig.Shown(config.Json[Version])} and {Series} is {known}: before PEFT {Major}.{Minor} another series was "
                + $"computed, which LoraGen doesn't have. If the adapter was trained with a later release, set {Version} to it";
        }
    }

    private static IEnumerable<string> OfBlocks(PeftConfig config, IReadOnlyList<Site> sites)
    {
        if (!config.Json.ContainsKey(Size))
        {
            yield return $"{Size} is missing: before PEFT 0.14 OFT was computed in another way, which LoraGen doesn't have";
            yield break;
        }

        var (count, size) = (config.Number(Count, 0), config.Number(Size, 0));
        if ((count >= 1) == (size >= 1))
        {
            yield return $"{Count} is {Numbers.Text(count)} and {Size} is {Numbers.Text(size)}, but exactly one of the two must be set";
            yield break;
        }

        var (key, value) = count >= 1 ? (Count, count) : (Size, size);
        var different = sites.Cast<OftSite>().Where(site => SizeBy(key, (long)value, site.Facts.Inputs) != site.BlockSize);
        foreach (var group in different.GroupBy(site => (Theirs: SizeBy(key, (long)value, site.Facts.Inputs), Ours: site.BlockSize), site => site.Path))
        {
            yield return $"{key} is {Numbers.Text(value)}, which are blocks of {group.Key.Theirs}, but they are of {group.Key.Ours} at "
                + $"{PathList.Summarize([.. group])}";
        }
    }

    /// <summary>The key and value by which PEFT finds the blocks of each layer; null if there is none.</summary>
    private static (string Key, long Value)? Common(IReadOnlyList<Site> sites)
    {
        var ofts = sites.Cast<OftSite>().ToArray();
        var bySize = Sizes(sites).Select(site => (Key: Size, Value: site.BlockSize));
        var byCount = Sizes(sites).Select(site => (Key: Count, Value: site.Facts.Inputs / site.BlockSize));
        var candidates = ((OftMethod)sites[0].Method).Blocks > 0 ? byCount.Concat(bySize) : bySize.Concat(byCount);
        return candidates
            .Where(candidate => ofts.All(site => SizeBy(candidate.Key, candidate.Value, site.Facts.Inputs) == site.BlockSize))
            .Select(candidate => ((string, long)?)candidate)
            .FirstOrDefault();
    }

    // One site of each number of inputs and size.
    private static IEnumerable<OftSite> Sizes(IEnumerable<Site> sites) => sites.Cast<OftSite>().DistinctBy(site => (site.Facts.Inputs, site.BlockSize));

    private static long SizeBy(string key, long value, long inputs)
    {
        var divisor = NearestDivisor(inputs, value);
        return key == Size ? divisor : inputs / divisor;
    }

    // The smaller one if two are equally near.
    private static long NearestDivisor(long inputs, long value)
    {
        if (value >= inputs)
            return inputs;

        var (lower, higher) = (value, value);
        while (inputs % lower != 0)
            lower--;
        while (inputs % higher != 0)
            higher++;
        return value - lower <= higher - value ? lower : higher;
    }

    private static bool IsLike(OftMethod one, OftMethod other)
    {
        return (one.Dropout, one.Constrained, one.Epsilon, one.BlockShare, one.NeumannTerms)
            == (other.Dropout, other.Constrained, other.Epsilon, other.BlockShare, other.NeumannTerms);
    }

    private static bool IsOlder(string? version)
    {
        var parts = version?.Split('.') ?? [];
        return parts.Length < 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            || (major, minor).CompareTo((Major, Minor)) < 0;
    }

    private static string Text(bool value) => value ? "true" : "false";
}
