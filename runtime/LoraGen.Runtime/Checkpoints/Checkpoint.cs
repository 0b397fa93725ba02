using LoraGen.Checkpoints;
using LoraGen.Formats;
using LoraGen.Meta;
using LoraGen.Sites;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Creates models with the weights of a checkpoint, each weight when it is read.</summary>
public static class Checkpoint
{
    /// <summary>
    /// Creates a model by its own constructor, with its Linear, Embedding, EmbeddingBag, Conv1d, Conv2d and Conv3d layers without weights, then creates each
    /// weight when it is read. The peak memory is that of the model and of one tensor;
    /// <see cref="CheckpointExtensions.LoadCheckpoint(nn.Module, string, CheckpointMapping)"/>
    /// loads into a model that already has weights. Everything else that the constructor computes (tables, masks, its own parameters) is real.
    /// A layer that the model does not register, such as one in an array, has no name in a checkpoint and gets its usual initial values.
    /// </summary>
    /// <remarks>
    /// Layers that are created by code compiled without LoraGen have weights from the start; <see cref="CheckpointReport.MadeWhole"/> lists them. Attach
    /// adapters afterwards.
    /// </remarks>
    /// <param name="build">Creates the model: <c>() => new Qwen2ForCausalLM(config)</c>.</param>
    /// <param name="path">As for <see cref="SafetensorsCheckpoint.Open"/>: a folder, an index or a file.</param>
    /// <param name="dtype">The model's floating-point type; null for that of the constructor.</param>
    /// <param name="device">The model's device; null for that of the constructor.</param>
    /// <param name="mapping">
    /// From the checkpoint's names to the model's; null if they are equal. A weight that <see cref="CheckpointMapping.Optional"/> names and the
    /// checkpoint lacks gets its layer's initial values.
    /// </param>
    /// <param name="quantization">
    /// How Linear layers are quantised, each when its weight is read: the peak memory is that of the quantised model and of one tensor. Null: none is.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// Names are missing, unexpected or duplicate, or shapes differ: the message lists all problems.
    /// </exception>
    /// <exception cref="InvalidOperationException">The constructor needs the values of a weight; the message names the place.</exception>
    /// <exception cref="NotSupportedException">It is a checkpoint in PyTorch's pickle format: the message says how to load it.</exception>
    public static TModel Load<TModel>(
        Func<TModel> build,
        string path,
        ScalarType? dtype = null,
        Device? device = null,
        CheckpointMapping? mapping = null,
        BaseQuantization? quantization = null)
        where TModel : nn.Module => Load(build, path, out _, dtype, device, mapping, quantization);

    /// <summary>Creates a model with the weights of a checkpoint, and reports what was loaded, kept, ignored and created with weights.</summary>
    /// <inheritdoc cref="Load{TModel}(Func{TModel}, string, ScalarType?, Device?, CheckpointMapping?, BaseQuantization?)"/>
    public static TModel Load<TModel>(
        Func<TModel> build,
        string path,
        out CheckpointReport report,
        ScalarType? dtype = null,
        Device? device = null,
        CheckpointMapping? mapping = null,
        BaseQuantization? quantization = null)
        where TModel : nn.Module
    {
        ArgumentNullException.ThrowIfNull(build);
        (var model, report) = Load(build, path, dtype, device, mapping, quantization, FileProgress.None);
        return model;
    }

    /// <summary>Creates a model with the weights of a checkpoint on another thread, where the constructor runs too.</summary>
    /// <param name="build">Creates the model: <c>() => new Qwen2ForCausalLM(config)</c>.</param>
    /// <param name="path">As for <see cref="SafetensorsCheckpoint.Open"/>: a folder, an index or a file.</param>
    /// <param name="dtype">The model's floating-point type; null for that of the constructor.</param>
    /// <param name="device">The model's device; null for that of the constructor.</param>
    /// <param name="mapping">From the checkpoint's names to the model's; null if they are equal.</param>
    /// <param name="quantization">How Linear layers are quantised, each when its weight is read; null: none is.</param>
    /// <param name="progress">Gets the read part, from 0 to 1. It is called on the other thread.</param>
    /// <param name="cancellationToken">Cancels the load. What was created is disposed.</param>
    /// <returns>The model, and what was loaded, kept, ignored and created with weights.</returns>
    /// <inheritdoc cref="Load{TModel}(Func{TModel}, string, ScalarType?, Device?, CheckpointMapping?, BaseQuantization?)" path="/exception"/>
    public static Task<(TModel Model, CheckpointReport Report)> LoadAsync<TModel>(
        Func<TModel> build,
        string path,
        ScalarType? dtype = null,
        Device? device = null,
        CheckpointMapping? mapping = null,
        BaseQuantization? quantization = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
        where TModel : nn.Module
    {
        ArgumentNullException.ThrowIfNull(build);
        return Task.Run(() => Load(build, path, dtype, device, mapping, quantization, new FileProgress(progress, cancellationToken)), cancellationToken);
    }

    private static (TModel Model, CheckpointReport Report) Load<TModel>(
        Func<TModel> build,
        string path,
        ScalarType? dtype,
        Device? device,
        CheckpointMapping? mapping,
        BaseQuantization? quantization,
        FileProgress progress)
        where TModel : nn.Module
    {
        using var checkpoint = SafetensorsCheckpoint.Open(path);
        var model = WithoutWeights.Build(build, "Create the model with weights and load it with LoadCheckpoint.", out var layers);
        try
        {
            var plan = CheckpointPlan.Of(ModelTensors.Of(model), checkpoint, mapping ?? new CheckpointMapping());
            plan.EnsureFits(model);
            var report = plan.Report with { MadeWhole = WeightlessParameters.MadeWhole(model) };
            plan.Copy(progress);
            var names = ModelTensors.NamesOf(model);
            var quantizing = quantization is null ? null : new QuantizedLoading(quantization);
            foreach (var places in WeightlessParameters.Of(model, layers.Keys))
            {
                string[] known = [.. places.Select(place => names.GetValueOrDefault(place.Path, place.Path))];
                var target = device ?? Asked(places, layers) ?? get_default_device();
                if (quantizing?.TryMake(places, known, plan, dtype, target, progress) != true)
                    Make(places, known, plan, dtype, target, progress);
            }

            if (device is not null)
                model.to(device);
            if (dtype is { } type)
                model.to(type);
            EnsureWhole(model);
            return (model, report with { Quantization = quantizing?.Finish(model) });
        }
        catch (OperationCanceledException)
        {
            model.Dispose();
            throw;
        }
    }

    private static Device? Asked(IReadOnlyList<BaseParameter> places, IReadOnlyDictionary<nn.Module, Device?> layers) =>
        places.Select(place => layers.GetValueOrDefault(place.Module)).FirstOrDefault(asked => asked is not null);

    private static void Make(
        IReadOnlyList<BaseParameter> places, IReadOnlyCollection<string> names, CheckpointPlan plan, ScalarType? dtype, Device device, FileProgress progress)
    {
        var without = places[0].Parameter;
        var value = new Parameter(empty(without.shape, dtype: dtype ?? without.dtype, device: device), without.requires_grad);
        value.DetachFromDisposeScope();
        var isRead = plan.CopyInto(value, names, progress);
        WeightlessParameters.Set(places, value);
        if (!isRead)
            WeightlessParameters.Start(places[0], value);
    }

    private static void EnsureWhole(nn.Module model)
    {
        var without = ModelTensors.Of(model).Where(entry => entry.Tensor.device_type == DeviceType.META).Select(entry => entry.Name).ToArray();
        if (without.Length > 0)
        {
            throw new InvalidOperationException(
                $"{model.GetName()} computes {string.Join(", ", without)} from weights that have no values while it is created. "
                + "Create the model with weights and load it with LoadCheckpoint.");
        }
    }
}
