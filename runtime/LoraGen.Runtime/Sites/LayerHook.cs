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

    // Of the call that is running: what the layer and, from the second on, each site reads; and those of them that sites made.
    private readonly List<Tensor> _made = [];
    private Tensor?[] _inputs = [];

    public static void Add(BaseLayer layer, Site site)
    {
        var hook = Hooks.GetValue(layer.Module, _ => new LayerHook(layer));
        if (hook._sites.Count == 0)
            hook._remove = hook.Register();
        hook._sites.Add(site);
        hook._inputs = new Tensor?[hook._sites.Count + 1];
    }

    public static void Remove(BaseLayer layer, Site site)
    {
        if (!Hooks.TryGetValue(layer.Module, out var hook) || !hook._sites.Remove(site))
            return;

        hook._inputs = new Tensor?[hook._sites.Count + 1];
        if (hook._sites.Count > 0)
            return;

        hook._remove();
        Hooks.Remove(layer.Module);
    }

    public static bool TryGet(nn.Module layer, [NotNullWhen(true)] out LayerHook? hook) => Hooks.TryGetValue(layer, out hook);

    /// <summary>What the layer is to read.</summary>
    public Tensor Before(Tensor input)
    {
        // A call before may have ended with an exception.
        _made.Clear();
        for (var i = _sites.Count - 1; i >= 0; i--)
        {
            _inputs[i + 1] = input;
            if (!_sites[i].IsAdded)
                continue;

            var next = _sites[i].Method.OnInput(new LayerCall(_sites[i], layer, IsFirst(i)), input);
            if (!ReferenceEquals(next, input))
                _made.Add(next);
            input = next;
        }

        return _inputs[0] = input;
    }

    /// <summary>
    /// The layer's output as the sites change it. An output that a site replaced is disposed: it is the layer's own fresh tensor, and TorchSharp would leave it
    /// to the garbage collector.
    /// </summary>
    /// <param name="input">What the layer did read: a hook of the user's may have changed it.</param>
    /// <param name="output">What it gave.</param>
    public Tensor After(Tensor input, Tensor output)
    {
        var given = _inputs[0];
        for (var i = 0; i < _inputs.Length && ReferenceEquals(_inputs[i], given); i++)
            _inputs[i] = input;

        var result = output;
        for (var i = 0; i < _sites.Count; i++)
        {
            if (!_sites[i].IsAdded)
                continue;

            _sites[i].WasReached = true;
            var next = _sites[i].Method.OnOutput(new LayerCall(_sites[i], layer, IsFirst(i)), _inputs[i + 1]!, result);
            if (!ReferenceEquals(next, result))
                result.Dispose();
            result = next;
        }

        // A layer may give what it reads.
        foreach (var made in _made.Where(made => !ReferenceEquals(made, result)))
            made.Dispose();
        _made.Clear();
        Array.Clear(_inputs);
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
