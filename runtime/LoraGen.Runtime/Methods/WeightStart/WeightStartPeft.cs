using System.Text.Json.Nodes;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A method that starts from the weight in PEFT's files: a LoRA adapter of twice the rank for the original weights, or PEFT's residual form, whose reader
/// subtracts the initial values again.
/// </summary>
/// <param name="name">The method's name.</param>
/// <param name="init">The value of <c>init_lora_weights</c> in the residual form.</param>
/// <param name="isResidual">Whether a value of <c>init_lora_weights</c> is one of the method's residual form.</param>
internal sealed class WeightStartPeft(string name, string init, Func<string, bool> isResidual) : LoraPeft(name, usesDora: false)
{
    public override void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        config[PeftInit.Key] = ((WeightStartMethod)sites[0].Method).SaveResidualForm ? init : true;
        base.Describe(config, sites);
    }

    public override IEnumerable<(string Suffix, Tensor Tensor)> Tensors(Site site, PeftConfig? config)
    {
        var low = (WeightStartSite)site;
        var (a, b) = (site.Own.Specs[0].PeftSuffix, site.Own.Specs[1].PeftSuffix);
        return IsResidual(site, config) ? [(a, low.A), (b, low.B)] : [(a, low.BothA()), (b, low.BothB())];
    }

    public override void Load(Site site, PeftConfig config, Func<string, Tensor> read)
    {
        var low = (WeightStartSite)site;
        if (IsResidual(site, config))
            low.Method.Start(site);
        var (a, b) = (read(site.Own.Specs[0].PeftSuffix), read(site.Own.Specs[1].PeftSuffix));
        low.A.copy_(a.narrow(0, 0, low.Rank));
        low.B.copy_(b.narrow(1, 0, low.Rank));
        if (IsResidual(site, config))
            return;

        low.StartA.copy_(a.narrow(0, low.Rank, low.Rank));
        low.StartB.copy_(b.narrow(1, low.Rank, low.Rank));
    }

    private protected override bool HasResidualForm(string text) => isResidual(text);

    private protected override int RankOf(LowRankSite site, PeftConfig? config) => IsResidual(site, config) ? site.Rank : 2 * site.Rank;

    // A file that is read names its form; a file that is written has the form of the option.
    private bool IsResidual(Site site, PeftConfig? config)
    {
        return config is null ? ((WeightStartMethod)site.Method).SaveResidualForm : PeftInit.TextOf(config) is { } text && isResidual(text);
    }
}
