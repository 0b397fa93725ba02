using LoraGen.Calls;
using LoraGen.Checkpoints;
using LoraGen.Formats;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Loads and saves the checkpoints of other tools.</summary>
public static partial class CheckpointExtensions
{
    /// <summary>
    /// Sets the model's parameters and buffers to those of a checkpoint: a safetensors file, a Hugging Face folder with one or several, or their index. Each
    /// value is converted to the type and moved to the device of the target tensor. Tensors are read one by one into those of the model, so the additional
    /// memory is that of the largest one. Parameters of the model that an adapter trains keep the adapter's values, unless nothing was trained yet.
    /// </summary>
    /// <remarks>
    /// The files are mapped during the call, and must not be shortened: see <see cref="SafetensorsFile.Open"/>. To read without a map, open the checkpoint with
    /// <c>map: false</c> and load that.
    /// </remarks>
    /// <param name="model">The model, before or after attaching adapters.</param>
    /// <param name="path">As for <see cref="SafetensorsCheckpoint.Open"/>.</param>
    /// <param name="mapping">From the checkpoint's names to the model's; null if they are equal.</param>
    /// <returns>What was loaded, kept and ignored.</returns>
    /// <exception cref="InvalidDataException">
    /// Names are missing, unexpected or duplicate, or shapes differ: the message lists all problems, and nothing was changed.
    /// </exception>
    /// <exception cref="NotSupportedException">It is a checkpoint in PyTorch's pickle format: the message says how to load it.</exception>
    /// <exception cref="InvalidOperationException">
    /// An adapter of the model is merged: its contribution would be lost. Or a weight of the model is quantised.
    /// </exception>
    public static CheckpointReport LoadCheckpoint(this nn.Module model, string path, CheckpointMapping? mapping = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var checkpoint = SafetensorsCheckpoint.Open(path);
        return model.LoadCheckpoint(checkpoint, mapping);
    }

    /// <summary>
    /// Sets the model's parameters and buffers to those of a checkpoint on another thread. Calls of the model that begin meanwhile wait. A cancelled load
    /// leaves the model as it was: if the token can be cancelled, the earlier values are kept until the end, which takes the memory of the model once more.
    /// <see cref="Checkpoint.LoadAsync"/> does not need that.
    /// </summary>
    /// <param name="model">The model, before or after attaching adapters.</param>
    /// <param name="path">As for <see cref="SafetensorsCheckpoint.Open"/>.</param>
    /// <param name="mapping">From the checkpoint's names to the model's; null if they are equal.</param>
    /// <param name="progress">Gets the read part, from 0 to 1. It is called on the other thread.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="LoadCheckpoint(nn.Module, string, CheckpointMapping)" path="/returns|/exception"/>
    public static Task<CheckpointReport> LoadCheckpointAsync(
        this nn.Module model,
        string path,
        CheckpointMapping? mapping = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Task.Run(
            () =>
            {
                using var checkpoint = SafetensorsCheckpoint.Open(path);
                return Load(model, checkpoint, mapping, new FileProgress(progress, cancellationToken));
            },
            cancellationToken);
    }

    /// <summary>Sets the model's parameters and buffers to those of an open checkpoint, which stays open.</summary>
    /// <param name="model">The model, before or after attaching adapters.</param>
    /// <param name="checkpoint">The checkpoint to read.</param>
    /// <param name="mapping">From the checkpoint's names to the model's; null if they are equal.</param>
    /// <returns>What was loaded, kept and ignored.</returns>
    /// <exception cref="InvalidDataException">
    /// Names are missing, unexpected or duplicate, or shapes differ: the message lists all problems, and nothing was changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// An adapter of the model is merged: its contribution would be lost. Or a weight of the model is quantised.
    /// </exception>
    public static CheckpointReport LoadCheckpoint(this nn.Module model, SafetensorsCheckpoint checkpoint, CheckpointMapping? mapping = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(checkpoint);
        return Load(model, checkpoint, mapping, FileProgress.None);
    }

    private static CheckpointReport Load(nn.Module model, SafetensorsCheckpoint checkpoint, CheckpointMapping? mapping, FileProgress progress)
    {
        CheckpointReport? report = null;
        AdaptedModel.Of(model).Change(nameof(LoadCheckpoint), () => report = LoadAlone(model, checkpoint, mapping ?? new CheckpointMapping(), progress));
        return report!;
    }

    private static CheckpointReport LoadAlone(nn.Module model, SafetensorsCheckpoint checkpoint, CheckpointMapping mapping, FileProgress progress)
    {
        var adapters = AdaptedModel.Of(model).Adapters;
        if (adapters.FirstOrDefault(adapter => adapter.IsMerged) is { } merged)
            throw new InvalidOperationException($"Adapter \"{merged.Name}\" is merged into the weights that would be loaded. Call Unmerge() first.");

        if (NamedModules.Of(model).FirstOrDefault(entry => QuantizedLayer.Of(entry.Module) is not null) is { Module: not null, Path: { } quantized })
        {
            throw new InvalidOperationException(
                $"{quantized}: the weight is quantised, so nothing can be loaded into it. Call the model's Dequantize() before, or create the model with "
                + "Checkpoint.Load(…, quantization: …).");
        }

        var plan = CheckpointPlan.Of(ModelTensors.Of(model), checkpoint, mapping);
        plan.EnsureFits(model);
        foreach (var adapter in adapters)
            adapter.SuspendTrained();
        try
        {
            plan.Copy(progress);
        }
        finally
        {
            foreach (var adapter in adapters)
                adapter.ResumeTrained();
        }

        return plan.Report;
    }
}
