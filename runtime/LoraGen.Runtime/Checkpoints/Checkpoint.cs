using LoraGen.Checkpoints;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Makes models with the weights of a checkpoint, each weight as it is read.</summary>
public static class Checkpoint
{
    /// <summary>
    /// Makes a model by its own constructor, but its Linear, Embedding, EmbeddingBag, Conv1d, Conv2d and Conv3d layers without weights, then makes each weight
    /// as it is read. The memory at the peak is that of the model and of one tensor;
    /// <see cref="CheckpointExtensions.LoadCheckpoint(nn.Module, string, CheckpointMapping)"/>
    /// loads into a model that has been made whole. Everything else that the constructor computes (tables, masks, parameters of its own) is as it makes it.
    /// Such a layer that the model does not register, in an array, has no name in a checkpoint and starts as its layer starts it.
    /// </summary>
    /// <remarks>
    /// Layers that code compiled without LoraGen makes are made whole; <see cref="CheckpointReport.MadeWhole"/> lists them. Attach adapters afterwards.
    /// </remarks>
    /// <param name="build">Makes the model: <c>() => new Qwen2ForCausalLM(config)</c>.</param>
    /// <param name="path">As for <see cref="SafetensorsCheckpoint.Open"/>: a folder, an index or a file.</param>
    /// <param name="dtype">The model's floating-point type; null: as the constructor makes it.</param>
    /// <param name="device">The model's device; null: as the constructor makes it.</param>
    /// <param name="mapping">
    /// From the checkpoint's names to the model's; none where they are the same. A weight that <see cref="CheckpointMapping.Optional"/> names and the
    /// checkpoint lacks starts as its layer starts it.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// Names are missing, unexpected, given twice, or shapes differ: the message lists all of it.
    /// </exception>
    /// <exception cref="InvalidOperationException">The constructor needs the values of a weight; the message names the place.</exception>
    /// <exception cref="NotSupportedException">It is a checkpoint in PyTorch's pickle format: the message says how to load it.</exception>
    public static TModel Load<TModel>(
        Func<TModel> build, string path, ScalarType? dtype = null, Device? device = null, CheckpointMapping? mapping = null)
        where TModel : nn.Module => Load(build, path, out _, dtype, device, mapping);

    /// <summary>The same, and tells what was loaded, kept, ignored and made whole.</summary>
    /// <inheritdoc cref="Load{TModel}(Func{TModel}, string, ScalarType?, Device?, CheckpointMapping?)"/>
    public static TModel Load<TModel>(
        Func<TModel> build, string path, out CheckpointReport report, ScalarType? dtype = null, Device? device = null, CheckpointMapping? mapping = null)
        where TModel : nn.Module
    {
        ArgumentNullException.ThrowIfNull(build);
        using var checkpoint = SafetensorsCheckpoint.Open(path);
        var model = WithoutWeights.Build(build, "Make the model whole and load it by LoadCheckpoint.", out var layers);
        var plan = CheckpointPlan.Of(ModelTensors.Of(model), checkpoint, mapping ?? new CheckpointMapping());
        plan.EnsureFits(model);
        report = plan.Report with { MadeWhole = WeightlessParameters.MadeWhole(model) };

        plan.Copy();
        foreach (var places in WeightlessParameters.Of(model, layers.Keys))
            Make(places, plan, dtype, device ?? Asked(places, layers) ?? get_default_device());
        if (device is not null)
            model.to(device);
        if (dtype is { } type)
            model.to(type);
        EnsureWhole(model);
        return model;
    }

    private static Device? Asked(IReadOnlyList<BaseParameter> places, IReadOnlyDictionary<nn.Module, Device?> layers) =>
        places.Select(place => layers.GetValueOrDefault(place.Module)).FirstOrDefault(asked => asked is not null);

    private static void Make(IReadOnlyList<BaseParameter> places, CheckpointPlan plan, ScalarType? dtype, Device device)
    {
        var without = places[0].Parameter;
        var value = new Parameter(empty(without.shape, dtype: dtype ?? without.dtype, device: device), without.requires_grad);
        value.DetachFromDisposeScope();
        var isRead = plan.CopyInto(value, [.. places.Select(place => ModelTensors.Clean(place.Path))]);
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
                $"{model.GetName()} computes {string.Join(", ", without)} from weights that have no values while it is made. "
                + "Make the model whole and load it by LoadCheckpoint.");
        }
    }
}
