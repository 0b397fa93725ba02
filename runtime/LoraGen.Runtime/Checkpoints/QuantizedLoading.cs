using LoraGen.Formats;
using LoraGen.Layers;
using LoraGen.Sites;
using LoraGen.Targets;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Checkpoints;

/// <summary>Quantises the weights of Linear layers while a model is loaded, each when it is read.</summary>
internal sealed class QuantizedLoading(BaseQuantization options)
{
    private readonly TargetSet _targets = new(options.Targets, options.Exclude, []);
    private readonly BaseLayers _layers = new();
    private readonly List<QuantizedLayerReport> _reports = [];

    /// <summary>Reads and quantises a weight, if it is one of a single Linear that is to be quantised.</summary>
    public bool TryMake(
        IReadOnlyList<BaseParameter> places, IReadOnlyCollection<string> names, CheckpointPlan plan, ScalarType? dtype, Device device, FileProgress progress)
    {
        if (places is not [{ Module: Linear, Name: QuantizedLayer.WeightName } place]
            || !_targets.Contains(place.ModulePath, LayerKind.Linear, byDefault: true)
            || place.Parameter.NumberOfElements == 0)
        {
            return false;
        }

        return plan.Use(names, values => Make(place, values, dtype ?? place.Parameter.dtype, device), progress);
    }

    /// <summary>Quantises the layers that had weights from the start, and reports all.</summary>
    public QuantizationReport Finish(nn.Module model)
    {
        var rest = ModelQuantization.Of(model, options).Run();
        var done = _reports.Select(report => report.Path).ToHashSet(StringComparer.Ordinal);
        return new QuantizationReport([.. _reports, .. rest.Layers], [.. rest.Skipped.Where(layer => !done.Contains(layer.Path))]);
    }

    private void Make(BaseParameter place, Tensor values, ScalarType type, Device device)
    {
        var weight = QuantizedWeight.Of(place.ModulePath, values, options, type);
        weight.To(device);
        QuantizedLayer.Set(place.ModulePath, (LinearLayer)_layers.Find(place.Module)!, weight);
        var bytes = values.numel() * SafetensorsDtype.SizeOf(type);
        _reports.Add(new QuantizedLayerReport(place.ModulePath, weight.Error, weight.Bytes, bytes));
    }
}
