using TorchSharp.Modules;

namespace LoraGen;

/// <content>Quantising the base model when the adapter is attached.</content>
public abstract partial class AdapterBase
{
    private void QuantizeBase(BaseQuantization? quantization)
    {
        if (quantization is not null)
        {
            EnsureBaseMayBeQuantized();
            ModelQuantization.Of(AdaptedModel.Module, quantization, attaching: this).Run();
            return;
        }

        var quantised = _sites.Where(site => site.Method.BaseOptions is not null && site.State.Quantized is null).ToArray();
        foreach (var site in quantised)
            ModelQuantization.EnsurePossible(AdaptedModel.Module, site.Path, (Linear)site.Module);
        foreach (var site in quantised)
            site.Method.QuantizeBase(site, site.Method.BaseOptions!);
    }

    private void EnsureBaseMayBeQuantized()
    {
        if (_sites.FirstOrDefault(site => site.Method.FloatBase is not null) is { } site)
            throw new InvalidOperationException($"{site.Path}: the base model can't be quantised: {site.Method.FloatBase}.");
    }

    // Shapes tell it, so that counting refuses what attaching does.
    private void EnsureQuantizable()
    {
        foreach (var site in _sites.Where(site => site.Method.BaseOptions is not null))
        {
            if ((site.TiedTo ?? (site.Layers.Count > 1 ? $"{site.Aliases[0]}.weight" : null)) is { } other)
            {
                throw new InvalidOperationException(
                    $"{site.Path}: the weight can't be quantised: it is also {other}, which reads it without calling this layer. Leave the layer out of the "
                    + "targets, or Base out there.");
            }
        }
    }
}
