using System.Globalization;
using System.Text.Json.Nodes;

namespace LoraGen.Formats;

/// <summary>A method that PEFT does not have: the files have PEFT's layout, and the options are in a key of LoraGen's.</summary>
internal sealed class OwnPeft(AdapterMethod method) : PeftMethod
{
    public const string Key = "loragen_method";
    public const string OwnType = "LORAGEN";

    public override string Type => OwnType;

    public override bool HasTargets => method.HasSites;

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites) => config[Key] = Text();

    public override IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites)
    {
        foreach (var line in PeftKeys.Faults(config, [Key], "method"))
            yield return line;

        var (theirs, ours) = (config.Text(Key), Text());
        if (theirs != ours)
            yield return $"{Key} is \"{theirs}\", but the adapter's is \"{ours}\"";
    }

    // A record's ToString() uses the current culture.
    private string Text()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return method.ToString();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
