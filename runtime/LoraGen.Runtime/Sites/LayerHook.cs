using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// What the adapters of a model share on one of its layers: the hooks before and after its forward. Each adapter acts on the function that the layer with the
/// earlier ones computes, so inputs pass the last one first, and outputs the first one first.
/// </summary>
internal sealed class LayerHook(BaseLayer layer)
{
    private static readonly ConditionalWeakTable<nn.Module, LayerHook> Hooks = [];

    private readonly List<Site> _sites = [];
    private Action _remove = static () => { };

    // Of the call that is running on the thread: what the layer reads and, from the second on, each site; null where it is all the same.
    private readonly ThreadLocal<Tensor[]?> _read = new();

    public static void Add(BaseLayer layer, Site site)
    {
        var hook = Hooks.GetValue(layer.Module, _ => new LayerHook(layer));
        if (hook._sites.Count == 0)
            hook._remove = hook.Register();
        hook._sites.Add(site);
    }

    public static void Remove(BaseLayer layer, Site site)
    {
        if (!Hooks.TryGetValue(layer.Module, out var hook) || !hook._sites.Remove(site) || hook._sites.Count > 0)
            return;

        hook._remove();
        Hooks.Remove(layer.Module);
    }

    public static bool TryGet(nn.Module layer, [NotNullWhen(true)] out LayerHook? hook) => Hooks.TryGetValue(layer, out hook);

    /// <summary>What the layer is to read.</summary>
    public Tensor Before(Tensor input)
    {
        Tensor[]? read = null;
        for (var i = _sites.Count - 1; i >= 0; i--)
        {
            var next = _sites[i].IsAdded ? _sites[i].Method.OnInput(new LayerCall(_sites[i], layer, IsFirst(i)), input) : input;
            if (ReferenceEquals(next, input))
                continue;

            read ??= [.. Enumerable.Repeat(input, _sites.Count + 1)];
            Array.Fill(read, next, 0, i + 1);
            input = next;
        }

        _read.Value = read;
        return input;
    }

    /// <summary>
    /// The layer's output as the sites change it. An output that a site replaced is disposed: it is the layer's own fresh tensor, and TorchSharp would leave it
    /// to the garbage collector.
    /// </summary>
    /// <param name="input">What the layer did read: a hook of the user's may have changed it.</param>
    /// <param name="output">What it gave.</param>
    public Tensor After(Tensor input, Tensor output)
    {
        var read = _read.Value;
        _read.Value = null;
        var result = output;
        for (var i = 0; i < _sites.Count; i++)
        {
            if (!_sites[i].IsAdded)
                continue;

            _sites[i].WasReached = true;
            var own = read is null || ReferenceEquals(read[i + 1], read[0]) ? input : read[i + 1];
            var next = _sites[i].Method.OnOutput(new LayerCall(_sites[i], layer, IsFirst(i)), own, result);
            if (!ReferenceEquals(next, result))
                result.Dispose();
            result = next;
        }

        // The last is the caller's; and a layer may give what it reads.
        foreach (var made in (read ?? []).Where(made => !ReferenceEquals(made, read![^1]) && !ReferenceEquals(made, result)))
            made.Dispose();
        return result;
    }

    private bool IsFirst(int index) => !_sites.Take(index).Any(site => site.IsAdded);

    private Action Register()
    {
        var before = layer.Module.register_forward_pre_hook((_, input) => Before(input));
        var after = layer.Module.register_forward_hook((_, input, output) => After(input, output));
        return () =>
        {
            before.remove();
            after.remove();
        };
    }
}
