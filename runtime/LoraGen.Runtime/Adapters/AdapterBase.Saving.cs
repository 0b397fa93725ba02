using System.Text.Json.Nodes;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>Saving and loading.</content>
public abstract partial class AdapterBase
{
    private PeftTargets _peftTargets = new([], [], []);
    private JsonObject? _loadedConfig;

    private PeftTrained _peftTrained = PeftTrained.None;

    /// <summary>
    /// What the files of the adapter that was loaded last say, and which differences from the base model were found. Null if nothing was loaded.
    /// </summary>
    public AdapterLoadReport? LoadReport { get; private set; }

    /// <summary>
    /// Writes the adapter as Hugging Face's PEFT does: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, in the folder itself for the adapter
    /// <c>default</c>, otherwise in a subfolder with its name. Each file is written under a temporary name and renamed, so a crash leaves the old or the new
    /// file.
    /// </summary>
    /// <param name="folder">The folder, which is created if it doesn't exist.</param>
    /// <param name="baseModel">
    /// The base model's name or path, such as <c>Qwen/Qwen2-0.5B</c>, which Python's <c>AutoPeftModel</c> loads; null keeps the loaded one.
    /// </param>
    /// <param name="taskType">PEFT's task, such as <c>CAUSAL_LM</c>; null keeps the loaded one.</param>
    /// <exception cref="ArgumentException">PEFT has no such task, or the folder's name is blank.</exception>
    /// <exception cref="InvalidOperationException">
    /// The adapter is detached; or, the first time only, it was trained by calls that did not reach some of its sites.
    /// </exception>
    public void Save(string folder, string? baseModel = null, string? taskType = null)
    {
        using var scope = NewDisposeScope();
        Snapshot(folder, baseModel, taskType).Write(FileProgress.None);
    }

    /// <summary>
    /// Copies the adapter's values and writes the copies on another thread, so that training may go on. A cancelled or failed save leaves the old files.
    /// </summary>
    /// <param name="folder">The folder, which is created if it doesn't exist.</param>
    /// <param name="baseModel">The base model's name or path; null keeps the loaded one.</param>
    /// <param name="taskType">PEFT's task, such as <c>CAUSAL_LM</c>; null keeps the loaded one.</param>
    /// <param name="progress">Gets the written part, from 0 to 1. It is called on the other thread.</param>
    /// <param name="cancellationToken">Cancels the save until the old files are replaced.</param>
    /// <exception cref="ArgumentException">PEFT has no such task, or the folder's name is blank.</exception>
    /// <exception cref="InvalidOperationException">
    /// The adapter is detached; or, the first time only, it was trained by calls that did not reach some of its sites.
    /// </exception>
    public Task SaveAsync(
        string folder,
        string? baseModel = null,
        string? taskType = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);

        using var scope = NewDisposeScope();
        var copy = Snapshot(folder, baseModel, taskType).Copy();
        return WriteAsync(copy, new FileProgress(progress, cancellationToken));
    }

    /// <summary>
    /// Reads an adapter that <see cref="Save"/> or PEFT wrote, including its [Trainable] members and biases. The parameters remain the same objects, so an
    /// optimizer may hold them. Every tensor, shape and option must agree with the attributes.
    /// </summary>
    /// <param name="folder">
    /// The folder that was passed to <see cref="Save"/>: for an adapter that is not named <c>default</c>, the parent of its own folder.
    /// </param>
    /// <param name="allowNonFinite">Whether weights may be NaN or infinite. Otherwise such a file is refused, as one of a training that has diverged.</param>
    /// <param name="allowOtherBase">
    /// Whether the base model may have other parameters, outside of the adapted layers, than the one with which LoraGen saved the adapter.
    /// </param>
    /// <returns>What the files say about the base model, with a warning if its weights are others than those of this model.</returns>
    /// <exception cref="InvalidOperationException">The adapter is detached or merged, or the method was called within a call of the model.</exception>
    /// <exception cref="FileNotFoundException">One of the two files is missing; the message says what the folder has instead.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is invalid, a tensor is missing, unexpected or of another shape, or the config contradicts an attribute. The message lists all of these, and
    /// nothing was changed.
    /// </exception>
    public AdapterLoadReport Load(string folder, bool allowNonFinite = false, bool allowOtherBase = false)
    {
        return Load(folder, new PeftLoading(allowNonFinite, allowOtherBase, FileProgress.None));
    }

    /// <summary>Reads an adapter on another thread. Calls of the model that begin meanwhile wait. A cancelled or failed load changes nothing.</summary>
    /// <param name="folder">The folder that was passed to <see cref="Save"/>.</param>
    /// <param name="allowNonFinite">Whether weights may be NaN or infinite.</param>
    /// <param name="allowOtherBase">Whether the base model may have other parameters than the one with which LoraGen saved the adapter.</param>
    /// <param name="progress">Gets the read part, from 0 to 1. It is called on the other thread.</param>
    /// <param name="cancellationToken">Cancels the load until all values are read.</param>
    /// <inheritdoc cref="Load(string, bool, bool)" path="/returns|/exception"/>
    public Task<AdapterLoadReport> LoadAsync(
        string folder,
        bool allowNonFinite = false,
        bool allowOtherBase = false,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        return Task.Run(
            () => Load(folder, new PeftLoading(allowNonFinite, allowOtherBase, new FileProgress(progress, cancellationToken))), cancellationToken);
    }

    private PeftContent PeftContent => new(AdaptedModel.Module, _method, _sites, _shared, _peftTargets, _peftTrained);

    private AdapterLoadReport Load(string folder, PeftLoading loading)
    {
        Change(nameof(Load), () =>
        {
            EnsureAttached();
            EnsureNotMerged("the loaded values would not be in the weights");
            (_loadedConfig, LoadReport) = PeftFolder.Load(
                folder, Name, $"adapter \"{Name}\" on {ModelName}", PeftContent, PeftBase, loading);
            ForgetStep();
        });
        return LoadReport!;
    }

    private PeftSnapshot Snapshot(string folder, string? baseModel, string? taskType)
    {
        EnsureAttached();
        EnsureTrainingReached(nameof(Save));
        var origin = PeftOrigin.Of(baseModel, taskType, _loadedConfig);
        var fingerprint = AdaptedModel.Read(() => PeftBase.Fingerprint(_sites, _trained));
        return PeftFolder.Snapshot(folder, Name, PeftContent, origin, fingerprint);
    }

    // The copy is freed even if the task does not begin.
    private static async Task WriteAsync(PeftSnapshot copy, FileProgress progress)
    {
        try
        {
            await Task.Run(() => copy.Write(progress), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            copy.Free();
        }
    }
}
