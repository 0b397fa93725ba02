using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>What the adapters of a model share on one of its layers: the one forward hook that adds their contributions, in order of attaching.</summary>
internal sealed class LayerHook
{
    private static readonly ConditionalWeakTable<nn.Module, LayerHook> Hooks = [];

    private readonly List<Site> _sites = [];
    private Action _remove = static () => { };

    public static void Add(nn.Module layer, Site site)
    {
        var hook = Hooks.GetOrCreateValue(layer);
        if (hook._sites.Count == 0)
            hook._remove = Register(layer, hook);
        hook._sites.Add(site);
    }

    public static void Remove(nn.Module layer, Site site)
    {
        if (!Hooks.TryGetValue(layer, out var hook) || !hook._sites.Remove(site) || hook._sites.Count > 0)
            return;

        hook._remove();
        Hooks.Remove(layer);
    }

    public static bool TryGet(nn.Module layer, [NotNullWhen(true)] out LayerHook? hook) => Hooks.TryGetValue(layer, out hook);

    /// <summary>
    /// The layer's output with what each site adds. An output that a site replaced is disposed: it is the layer's own fresh tensor, and TorchSharp
    /// would leave it to the garbage collector.
    /// </summary>
    public Tensor Apply(nn.Module layer, Tensor input, Tensor output)
    {
        foreach (var site in _sites)
        {
            if (!site.IsAdded)
                continue;

            site.WasReached = true;
            var next = site.Forward(layer, input, output);
            if (!ReferenceEquals(next, output))
                output.Dispose();
            output = next;
        }

        return output;
    }

    private static Action Register(nn.Module layer, LayerHook hook)
    {
        var hookable = (nn.Module<Tensor, Tensor>)layer;
        return hookable.register_forward_hook((module, input, output) => hook.Apply(module, input, output)).remove;
    }
}
