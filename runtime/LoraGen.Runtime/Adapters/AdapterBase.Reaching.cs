using System.Collections;
using System.ComponentModel;
using LoraGen.Layers;
using LoraGen.Sites;
using LoraGen.Targets;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>The check that calls of the model reach every site, so that no adapter is silently without effect.</content>
public abstract partial class AdapterBase
{
    private const int MostNamed = 5;

    private IReadOnlyList<string>? _mayBeUnreached;
    private IReadOnlySet<string> _blocks = new HashSet<string>();
    private int _checkedIn = -1;
    private bool _hasTrained;

    /// <summary>
    /// Makes the adapter check that its sites are reached: at the end of the first call of the model, and of the first one after each hot reload; and when it
    /// is saved or merged after it was trained by calls of something else than the model's <c>forward</c> or <c>call</c>.
    /// </summary>
    /// <param name="except">Patterns of the sites that the model may skip, in the form of <see cref="LayerAdapterAttribute.Targets"/>.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void ExpectEverySite(params string[] except)
    {
        ArgumentNullException.ThrowIfNull(except);
        try
        {
            TargetSet.EnsureEachMatchesSite(
                $"Adapter \"{Name}\" on {ModelName}", nameof(LayerAdapterAttribute.AllowUnreached), except, [.. _sites.Select(site => site.Path)]);
            _mayBeUnreached = except;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Remembers that a call has reached a site.</summary>
    internal void NoteReached() => _hasTrained = _hasTrained || is_grad_enabled();

    /// <summary>Throws if a site was not reached by the first call of the model with the adapter.</summary>
    /// <param name="version">The number of hot reloads before the call.</param>
    internal void EnsureReached(int version)
    {
        if (version != HotReload.Version || !IsActing)
            return;

        EnsureVirtualTokensReached();
        EnsureCheckpointsReached();
        EnsureReached(Unreached, unreached => $"the model ran without reaching {unreached} of its {_sites.Count} sites", string.Empty);
    }

    /// <summary>
    /// Throws if calls that can be trained reached only some sites of a block, and no call of the whole model was checked. The verb works when it is repeated.
    /// </summary>
    private void EnsureTrainingReached(string verb)
    {
        if (!_hasTrained || !IsActing)
            return;

        EnsureReached(
            () =>
            {
                var running = _sites.Where(site => site.WasReached).Select(BlockOf).ToHashSet(StringComparer.Ordinal);
                return Unreached().Where(site => running.Contains(BlockOf(site)));
            },
            unreached => $"calls reached other layers beside them, but not {unreached} of its {_sites.Count} sites",
            $" To {verb} the adapter as it is, call {verb} again.");
    }

    private void EnsureReached(Func<IEnumerable<Site>> find, Func<int, string> describe, string end)
    {
        if (_mayBeUnreached is null || _checkedIn == HotReload.Version)
            return;

        Site[] unreached = [.. find()];
        _checkedIn = HotReload.Version;
        if (unreached.Length == 0)
            return;

        var named = string.Join(", ", unreached.Take(MostNamed).Select(site => site.Path)) + (unreached.Length > MostNamed ? ", …" : string.Empty);
        throw new InvalidOperationException(
            $"Adapter \"{Name}\": {describe(unreached.Length)}: {named}. What is trained there has no effect. {Advice(unreached)}{end}");
    }

    private IEnumerable<Site> Unreached() =>
        _sites.Where(site => !site.WasReached && !_mayBeUnreached!.Any(pattern => TargetPattern.Matches(pattern, site.Path)));

    private static string Advice(Site[] unreached)
    {
        var canSet = Array.TrueForAll(unreached, site => site is { Module: Linear, Method: LowRankMethod { Dropout: 0 } });
        var mayBeHidden = Array.Exists(unreached, site => site.Layer is ModuleLayer);
        return "Likely reasons: .forward is called on the layer in another assembly, or as a method group, where it can't be intercepted (call .call instead"
            + (mayBeHidden ? ", or make the module's class internal if it is private, because generated code can't name it" : string.Empty)
            + (canSet ? ", or set Reparametrize = true on the attribute" : string.Empty)
            + "); the layer's weight is used without calling the layer "
            + (canSet ? "(Reparametrize = true)" : "(call the layer, or leave it out of Targets)")
            + $"; or the model skips it on purpose (AllowUnreached = true, or AllowUnreached = \"{unreached[0].Path}\").";
    }

    // The module whose code calls the layer: lists and dictionaries have no forward.
    private static bool IsBlock(nn.Module module) => module is not IEnumerable or nn.Module<Tensor, Tensor>;

    private string BlockOf(Site site)
    {
        var path = site.Path;
        do
        {
            path = path[..Math.Max(0, path.LastIndexOf('.'))];
        }
        while (path.Length > 0 && !_blocks.Contains(path));

        return path;
    }
}
