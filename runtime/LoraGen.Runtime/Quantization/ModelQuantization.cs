using LoraGen.Calls;
using LoraGen.Layers;
using LoraGen.Sites;
using LoraGen.Targets;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Which layers of a model are quantised, determined before anything is changed.</summary>
internal sealed class ModelQuantization
{
    private readonly BaseQuantization _options;
    private readonly List<(string Path, LinearLayer Layer)> _layers = [];
    private readonly List<SkippedLayer> _skipped = [];

    private ModelQuantization(BaseQuantization options) => _options = options;

    /// <param name="model">The model.</param>
    /// <param name="options">How and which layers.</param>
    /// <param name="attaching">The adapter that is being attached, if it is one that quantises the model.</param>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    /// <exception cref="InvalidOperationException">A target matches no Linear, or one that can't be quantised.</exception>
    public static ModelQuantization Of(nn.Module model, BaseQuantization options, AdapterBase? attaching = null)
    {
        var name = model.GetName();
        if (options.Fault() is { } fault)
            throw new ArgumentException($"{name}: {fault.Message}.", nameof(options));

        var modules = NamedModules.Of(model).ToArray();
        var linears = modules.Where(entry => entry.Module is Linear).ToArray();
        var targets = new TargetSet(options.Targets, options.Exclude, []);
        new TargetSet(options.Targets, [], []).EnsureEachMatches(name, [.. linears.Select(entry => entry.Path)], "Linear");
        var tied = TiedWeights.Of(modules);
        var plan = new ModelQuantization(options);
        foreach (var (path, module) in linears.Where(entry => targets.Contains(entry.Path, LayerKind.Linear, byDefault: true)))
        {
            if (Obstacle(model, (Linear)module, tied, attaching) is not { } obstacle)
                plan._layers.Add((path, (LinearLayer)new BaseLayers().Find(module)!));
            else if (targets.IsEmpty)
                plan._skipped.Add(new SkippedLayer(path, obstacle));
            else
                throw new InvalidOperationException($"{path}: the weight can't be quantised: {obstacle}. Leave the layer out of Targets.");
        }

        return plan;
    }

    /// <summary>Throws if the weight of a layer can't be quantised.</summary>
    public static void EnsurePossible(nn.Module model, string path, Linear linear)
    {
        if (Obstacle(model, linear, TiedWeights.Of(NamedModules.Of(model))) is { } obstacle)
            throw new InvalidOperationException($"{path}: the weight can't be quantised: {obstacle}. Leave the layer out of the targets, or Base out there.");
    }

    /// <summary>Quantises the layers one after another.</summary>
    public QuantizationReport Run()
    {
        return new QuantizationReport([.. _layers.Select(entry => QuantizedLayer.Quantize(entry.Path, entry.Layer, _options))], _skipped);
    }

    private static string? Obstacle(nn.Module model, Linear linear, TiedWeights tied, AdapterBase? attaching = null)
    {
        var state = ModuleState.Of(linear);
        if (state.Quantized is not null)
            return "it is quantised already";
        if (tied.Of(linear) is { } other)
            return $"it is also {other}, which reads it without calling this layer";
        if (!linear.weight.is_floating_point() || linear.weight.device_type == DeviceType.META)
            return $"it is {linear.weight.dtype} on {linear.weight.device}";
        if (linear.weight.NumberOfElements == 0)
            return "it is empty";
        if (!FiniteValues.Are(linear.weight))
            return "it has values that are not finite";

        return state.Merged is not null ? "an adapter is merged into it" : AdapterObstacle(model, linear, state, attaching);
    }

    private static string? AdapterObstacle(nn.Module model, Linear linear, ModuleState state, AdapterBase? attaching)
    {
        var attached = attaching is null ? AdaptedModel.Of(model).AllAdapters : AdaptedModel.Of(model).AllAdapters.Append(attaching);
        var adapters = attached.Concat(state.Frozen?.Models.SelectMany(each => each.AllAdapters) ?? []);
        if (adapters.FirstOrDefault(adapter => adapter.Trains(linear, QuantizedLayer.WeightName)) is { } trainer)
            return $"adapter \"{trainer.Name}\" trains it";

        return state.Hook?.Sites.FirstOrDefault(site => site.Method.FloatBase is not null) is { } site
            ? $"adapter \"{site.Adapter.Name}\" needs it: {site.Method.FloatBase}"
            : null;
    }
}
