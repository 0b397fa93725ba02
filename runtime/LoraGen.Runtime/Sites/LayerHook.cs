using LoraGen.Calls;
using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>
/// The hooks before and after the forward of a layer, which all its adapters share. Each adapter acts on the function that the layer computes with the earlier
/// adapters, so the last adapter is the first to change the input and the last to change the output.
/// </summary>
internal sealed class LayerHook(BaseLayer layer, ModuleState state)
{
    // The state of the thread's running call, between the two hooks.
    private readonly ThreadLocal<LayerPass> _running = new();

    // Copied on write, because running calls read it.
    private volatile Site[] _sites = [];
    private Action? _remove;
    private bool _isHeld;

    /// <summary>The sites on the layer, in the order of attaching.</summary>
    public IReadOnlyList<Site> Sites => _sites;

    public void Add(Site site)
    {
        _remove ??= Register();
        _sites = [.. _sites, site];
    }

    /// <summary>Removes a site. The hooks stay registered until <see cref="RemoveIfUnused"/>.</summary>
    public void Remove(Site site) => _sites = [.. _sites.Where(other => !ReferenceEquals(other, site))];

    /// <summary>Registers the hooks for a layer whose weight is quantised, also without a site.</summary>
    public void Hold()
    {
        _isHeld = true;
        _remove ??= Register();
    }

    /// <summary>Removes the hooks unless sites need them.</summary>
    public void Release()
    {
        _isHeld = false;
        RemoveIfUnused();
    }

    public void RemoveIfUnused()
    {
        if (_sites.Length > 0 || _isHeld)
            return;

        _remove?.Invoke();
        _remove = null;
    }

    /// <summary>Begins a call of the layer.</summary>
    /// <param name="input">The input of the call.</param>
    /// <param name="read">The input for the layer itself.</param>
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
    /// Returns the output as the sites change it. An output that a site replaces is disposed: the layer has just created it, and TorchSharp would leave it to
    /// the garbage collector.
    /// </summary>
    /// <param name="pass">The call.</param>
    /// <param name="read">The input that the layer received, which another hook may have changed.</param>
    /// <param name="output">The layer's own output.</param>
    public Tensor End(LayerPass pass, Tensor read, Tensor output)
    {
        var (sites, inputs, _) = pass;
        var result = output;
        for (var i = 0; i < sites.Length; i++)
        {
            sites[i].Reach();
            var own = inputs is null || ReferenceEquals(inputs[i + 1], inputs[0]) ? read : inputs[i + 1];
            var next = sites[i].Method.OnOutput(new LayerCall(sites[i], layer, IsFirst: i == 0), own, result);
            if (!ReferenceEquals(next, result) && (layer.OutputIsNew || !ReferenceEquals(result, output)))
                result.Dispose();
            result = next;
        }

        // The last input belongs to the caller, and a layer may return its input.
        foreach (var made in (inputs ?? []).Where(made => !ReferenceEquals(made, inputs![^1]) && !ReferenceEquals(made, result)))
            made.Dispose();
        return result;
    }

    /// <summary>Computes the output of the layer itself.</summary>
    public Tensor Forward(Tensor read) => state.Quantized is { IsOpen: false } quantized ? quantized.Apply(read) : layer.Module.forward(read);

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
            var pass = Begin(input, out var read);
            if (state.Quantized is not { IsOpen: false } quantized)
            {
                _running.Value = pass;
                return read;
            }

            _running.Value = pass with { Read = read };
            return quantized.EmptyInput();
        });
        var after = layer.Module.register_forward_hook((_, read, output) =>
        {
            var pass = _running.Value;
            _running.Value = LayerPass.None;
            if (pass.Read is not { } hidden || state.Quantized is not { } quantized)
                return End(pass, read, output);

            read.Dispose();
            output.Dispose();
            return End(pass, hidden, quantized.Apply(hidden));
        });
        return () =>
        {
            before.remove();
            after.remove();
        };
    }
}
