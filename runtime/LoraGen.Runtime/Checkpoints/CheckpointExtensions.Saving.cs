using LoraGen.Calls;
using LoraGen.Checkpoints;
using LoraGen.Formats;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>Saving.</content>
public static partial class CheckpointExtensions
{
    /// <summary>Hugging Face's limit of a file.</summary>
    private const long DefaultShardBytes = 5_000_000_000;

    /// <summary>
    /// Writes the model's parameters and buffers as Hugging Face does: <c>model.safetensors</c>, or several files and
    /// <c>model.safetensors.index.json</c> if it would be larger than <paramref name="maxShardBytes"/>. Merged adapters are in the weights, and are written
    /// with them. The additional memory is that of the largest tensor.
    /// </summary>
    /// <remarks>
    /// Calls of the model that begin meanwhile wait. A checkpoint that is in the folder stays complete until the new one is, so a process that is killed at
    /// any moment leaves one of them; then the former one's files are deleted. A tensor with several names, such as a tied weight, is written once, as
    /// <see cref="LoadCheckpoint(nn.Module, string, CheckpointMapping)"/> and Python's transformers read it.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder, which is created if it doesn't exist.</param>
    /// <param name="original">
    /// What the model was loaded from, usually a folder. The tensors then get the names and the layout that they have there, and <c>config.json</c>,
    /// <c>generation_config.json</c> and the tokenizer's files are copied; the type in <c>config.json</c> becomes that of the model. The path of a
    /// <c>config.json</c> copies this file only. Null: nothing is copied.
    /// </param>
    /// <param name="config">The text of <c>config.json</c>; null for that of <paramref name="original"/>.</param>
    /// <param name="mapping">
    /// The mapping with which the model was loaded; null if the names are equal. Without an original checkpoint its <see cref="CheckpointMapping.Renames"/> are
    /// undone, and its <see cref="CheckpointMapping.Prefix"/> is put before every name.
    /// </param>
    /// <param name="maxShardBytes">The most bytes of tensors in a file. A larger tensor is alone in its file.</param>
    /// <exception cref="InvalidOperationException">
    /// An adapter is active and not merged, so its contribution would be missing; or the method was called within a call of the model.
    /// </exception>
    /// <exception cref="ArgumentException">The mapping has no way back, or a tensor can't be written: the message says which; nothing was written.</exception>
    /// <exception cref="InvalidDataException">The original does not fit the model: the message lists all problems. Or the config is not JSON.</exception>
    /// <exception cref="FileNotFoundException">There is no such original.</exception>
    /// <exception cref="IOException">The disk is full, …; the former checkpoint is unchanged.</exception>
    public static void SaveCheckpoint(
        this nn.Module model,
        string folder,
        string? original = null,
        string? config = null,
        CheckpointMapping? mapping = null,
        long maxShardBytes = DefaultShardBytes) => Save(model, folder, original, config, mapping, maxShardBytes, FileProgress.None);

    /// <summary>
    /// Writes the model's parameters and buffers on another thread. Calls of the model that begin meanwhile wait; an optimizer must not change the weights. A
    /// cancelled save leaves the former checkpoint.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder, which is created if it doesn't exist.</param>
    /// <param name="original">What the model was loaded from, or a <c>config.json</c>; null copies nothing.</param>
    /// <param name="config">The text of <c>config.json</c>; null for that of <paramref name="original"/>.</param>
    /// <param name="mapping">The mapping with which the model was loaded; null if the names are equal.</param>
    /// <param name="maxShardBytes">The most bytes of tensors in a file.</param>
    /// <param name="progress">Gets the written part, from 0 to 1. It is called on the other thread.</param>
    /// <param name="cancellationToken">Cancels the save until the former checkpoint is replaced.</param>
    /// <inheritdoc cref="SaveCheckpoint" path="/exception"/>
    public static Task SaveCheckpointAsync(
        this nn.Module model,
        string folder,
        string? original = null,
        string? config = null,
        CheckpointMapping? mapping = null,
        long maxShardBytes = DefaultShardBytes,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        return Task.Run(
            () => Save(model, folder, original, config, mapping, maxShardBytes, new FileProgress(progress, cancellationToken)), cancellationToken);
    }

    private static void Save(
        nn.Module model, string folder, string? original, string? config, CheckpointMapping? mapping, long maxShardBytes, FileProgress progress)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxShardBytes);
        var source = CheckpointOriginal.Of(original);
        var states = StatesOf(model);
        AdaptedModel.Of(model).Change(
            nameof(SaveCheckpoint),
            () =>
            {
                EnsureComplete(states);
                using var scope = NewDisposeScope();
                var tensors = TensorsOf(model, source, mapping ?? new CheckpointMapping());
                var dtype = tensors.Select(entry => (ScalarType?)entry.Value.dtype).FirstOrDefault(type => is_floating_point(type!.Value));
                var shards = CheckpointShards.Of(tensors, maxShardBytes);
                var others = CheckpointOriginal.Files(source, config, dtype, folder);
                Directory.CreateDirectory(folder);
                CheckpointFiles.Write(folder, shards, others, progress);
            },
            [.. states.SelectMany(state => state.Frozen?.Models ?? []).Distinct()]);
    }

    private static ModuleState[] StatesOf(nn.Module model)
    {
        var modules = model.named_modules().Select(named => named.module).Prepend(model);
        return [.. modules.Select(module => ModuleState.TryGet(module, out var state) ? state : null).OfType<ModuleState>()];
    }

    private static IReadOnlyList<KeyValuePair<string, Tensor>> TensorsOf(nn.Module model, CheckpointOriginal? original, CheckpointMapping mapping)
    {
        using var checkpoint = original?.Open();
        return CheckpointContent.Of(model, mapping, checkpoint);
    }

    // Also adapters of a part of the model, and of models that share parts with it.
    private static void EnsureComplete(IEnumerable<ModuleState> states)
    {
        var adapters = states.SelectMany(state => state.Hook?.Sites ?? []).Select(site => site.Adapter);
        if (adapters.FirstOrDefault(adapter => adapter.IsActive && !adapter.IsMerged) is { } missing)
        {
            throw new InvalidOperationException(
                $"Adapter \"{missing.Name}\" is active and not merged, so its contribution would be missing in the checkpoint. Call Merge() to save it in the "
                + "weights, set IsActive to false or detach it to save the model without it, or save the adapter with its Save method.");
        }
    }
}
