using System.Text.Json.Nodes;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// PiSSA in PEFT's files: a LoRA adapter of twice the rank for the original weights, or PEFT's residual form, whose reader subtracts the initial values again.
/// </summary>
internal sealed class PissaPeft : LoraPeft
{
    public static new readonly PissaPeft Instance = new();

    private PissaPeft()
        : base("PiSSA", usesDora: false)
    {
    }

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        config[PeftInit.Key] = ((PissaMethod)sites[0].Method).SaveResidualForm ? "pissa" : true;
        base.Describe(config, sites);
    }

    public override IEnumerable<(string Suffix, Tensor Tensor)> Tensors(Site site, PeftConfig? config)
    {
        var pissa = (PissaSite)site;
        var (a, b) = (site.Own.Specs[0].PeftSuffix, site.Own.Specs[1].PeftSuffix);
        return IsResidual(site, config) ? [(a, pissa.A), (b, pissa.B)] : [(a, pissa.BothA()), (b, pissa.BothB())];
    }

    public override void Load(Site site, PeftConfig config, Func<string, Tensor> read)
    {
        var pissa = (PissaSite)site;
        if (IsResidual(site, config))
            pissa.Method.Start(site);
        var (a, b) = (read(site.Own.Specs[0].PeftSuffix), read(site.Own.Specs[1].PeftSuffix));
        pissa.A.copy_(a.narrow(0, 0, pissa.Rank));
        pissa.B.copy_(b.narrow(1, 0, pissa.Rank));
        if (IsResidual(site, config))
            return;

        pissa.StartA.copy_(a.narrow(0, pissa.Rank, pissa.Rank));
        pissa.StartB.copy_(b.narrow(1, pissa.Rank, pissa.Rank));
    }

    private protected override bool HasPissa => true;

    private protected override int RankOf(LowRankSite site, PeftConfig? config) => IsResidual(site, config) ? site.Rank : 2 * site.Rank;

    // A file that is read names its form; a file that is written has the form of the option.
    private static bool IsResidual(Site site, PeftConfig? config)
    {
        return config is null ? ((PissaMethod)site.Method).SaveResidualForm : PeftInit.IsPissa(config);
    }
}
