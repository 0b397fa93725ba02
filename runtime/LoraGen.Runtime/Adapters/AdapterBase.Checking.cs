using System.Globalization;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>What is checked before an adapter is attached.</content>
public abstract partial class AdapterBase
{
    private void EnsureSitesAgree()
    {
        foreach (var site in _sites)
        {
            if (site.Method.DifferenceFrom(_sites[0].Method) is { } difference)
                throw new ArgumentException($"{site.Path}: {difference} at {_sites[0].Path}, and all layers of the adapter need the same.");
        }

        EnsureSitesShare();
    }

    // What all sites share is created by the options of the model's attribute.
    private void EnsureSitesShare()
    {
        if (_sites.Count > 0 && _method.SharedParameters([.. _sites.Select(site => site.Facts)]).Count > 0
            && _sites[0].Method.DifferenceFrom(_method) is { } difference)
        {
            throw new ArgumentException(
                $"{_sites[0].Path}: {difference} for the model, but what all layers of the adapter share needs the same. Set it on the model's "
                + "attribute only.");
        }
    }

    private void EnsureValues()
    {
        var withoutValues = _method.HasSites
            ? _sites.Where(site => IsOnMeta(site.Layer.Device)).Select(site => $"{site.Path}: the layer's weight")
            : BaseModelParameters.Where(parameter => IsOnMeta(parameter.Parameter.device)).Select(parameter => $"{parameter.Path}: the parameter");
        if (withoutValues.FirstOrDefault() is { } first)
        {
            throw new InvalidOperationException(
                $"{first} is on META and has no values. Load the model's weights before attaching: Checkpoint.Load(() => …, …).");
        }

        static bool IsOnMeta(Device device) => device.type == TorchSharp.DeviceType.META;
    }

    // The number is known once shared weights are: layers that share a weight have one site.
    private void EnsureWithinBudget()
    {
        var trainable = ParameterCount.Trainable;
        if (trainable <= _most)
            return;

        throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture,
            $"Adapter \"{Name}\" on {ModelName} has {trainable:N0} trainable parameters, but MaxTrainableParameters is {_most:N0}. "
            + $"Lower Rank, target fewer layers, or raise it."));
    }
}
