using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// What the adapters of a model share on one of its layers: the hooks before and after its forward. Each adapter acts on the function that the layer with the
/// earlier ones computes, so inputs pass the last one first, and outputs the first one first.
/// </summary>
internal sealed class LayerHook(BaseLayer layer)
{
    // Of the call that is running on the thread, between the two hooks.
    private readonly ThreadLocal<LayerPass> _running = new();

    // Copied on write: calls read it meanwhile.
    private volatile Site[] _sites = [];
    private Action? _remove;

    /// <summary>Everything that acts on the layer, in the order of attaching.</summary>
    public IReadOnlyList<Site> Sites => _sites;

    public void Add(Site site)
    {
        _remove ??= Register();
        _sites = [.. _sites, site];
    }

    /// <summary>The hooks stay registered until <see cref="RemoveIfUnused"/>.</summary>
    public void Remove(Site site) => _sites = [.. _sites.Where(other => !ReferenceEquals(other, site))];

    public void RemoveIfUnused()
    {
        if (_sites.Length > 0)
            return;

        _remove?.Invoke();
        _remove = null;
    }

    /// <summary>Begins a call of the layer.</summary>
    /// <param name="input">What the layer is called with.</param>
    /// <param name="read">What it is to read.</param>
    public LayerPass Begin(Tensor input, out Tensor read)
    {
        var sites = Acting();
        read = input;
        Tensor[]? inputs = null;
        for (var i = sites.Length - 1; i >= 0; i--)
        {
            var next = sites[i].Method.OnInput(new LayerCall(sites[i], layer, IsFirst: i == 0), read);
            if (ReferenceEquals(next, read))
                continue;

            inputs ??= [.. Enumerable.Repeat(read, sites.Length + 1)];
            Array.Fill(inputs, next, 0, i + 1);
            read = next;
        }

        return new LayerPass(sites, inputs);
    }

    /// <summary>
    /// The layer's output as the sites change it. An output that a site replaced is disposed: it is the layer's own fresh tensor, and TorchSharp would leave it
    /// to the garbage collector.
    /// </summary>
    /// <param name="pass">The call.</param>
    /// <param name="read">What the layer did read: a hook of the user's may have changed it.</param>
    /// <param name="output">What it returned.</param>
    public Tensor End(LayerPass pass, Tensor read, Tensor output)
    {
        var (sites, inputs) = pass;
        var result = output;
        for (var i = 0; i < sites.Length; i++)
        {
            sites[i].WasReached = true;
            var own = inputs is null || ReferenceEquals(inputs[i + 1], inputs[0]) ? read : inputs[i + 1];
            var next = sites[i].Method.OnOutput(new LayerCall(sites[i], layer, IsFirst: i == 0), own, result);
            if (!ReferenceEquals(next, result))
                result.Dispose();
            result = next;
        }

        // The last is the caller's; and a layer may return what it reads.
        foreach (var made in (inputs ?? []).Where(made => !ReferenceEquals(made, inputs![^1]) && !ReferenceEquals(made, result)))
            made.Dispose();
        return result;
    }

    private Site[] Acting()
    {
        var sites = _sites;
        return Array.TrueForAll(sites, IsActing) ? sites : Array.FindAll(sites, IsActing);

        static bool IsActing(Site site) => !site.IsReparametrized && ModelCall.IsActing(site.Adapter);
    }

    private Action Register()
    {
        var before = layer.Module.register_forward_pre_hook((_, input) =>
        {
            _running.Value = Begin(input, out var read);
            return read;
        });
        var after = layer.Module.register_forward_hook((_, read, output) =>
        {
            var pass = _running.Value;
            _running.Value = LayerPass.None;
            return End(pass, read, output);
        });
        return () =>
        {
            before.remove();
            after.remove();
        };
    }
}
