using System.Text.Json.Nodes;
using LoraGen.Formats;

namespace LoraGen;

/// <content>Saving and loading.</content>
public abstract partial class AdapterBase
{
    private PeftTargets _peftTargets = new([], [], []);
    private JsonObject? _loadedConfig;

    private PeftTrained PeftTrained => new(_trained, _peftTargets.Paths);

    /// <summary>
    /// Writes the adapter as Hugging Face's PEFT does: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, in the folder itself for the adapter
    /// <c>default</c>, otherwise in a subfolder with its name. Each file is written under a temporary name and renamed, so a crash leaves the old or the new
    /// file.
    /// </summary>
    /// <param name="folder">The folder, which is created if it doesn't exist.</param>
    /// <exception cref="InvalidOperationException">The adapter is detached.</exception>
    public void Save(string folder)
    {
        EnsureAttached();
        PeftFolder.Save(folder, Name, _sites, _peftTargets, PeftTrained, _loadedConfig);
    }

    /// <summary>
    /// Reads an adapter that <see cref="Save"/> or PEFT wrote, including its [Trainable] members and biases. The parameters remain the same objects, so an
    /// optimizer may hold them. Every tensor, shape and option must agree with the attributes.
    /// </summary>
    /// <param name="folder">
    /// The folder that was passed to <see cref="Save"/>: for an adapter that is not named <c>default</c>, the parent of its own folder.
    /// </param>
    /// <param name="allowNonFinite">Whether weights may be NaN or infinite. Otherwise such a file is refused, as one of a training that has diverged.</param>
    /// <exception cref="InvalidOperationException">The adapter is detached or merged, or the method was called within a call of the model.</exception>
    /// <exception cref="FileNotFoundException">One of the two files is missing; the message says what the folder has instead.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is invalid, a tensor is missing, unexpected or of another shape, or the config contradicts an attribute. The message lists all of these, and
    /// nothing was changed.
    /// </exception>
    public void Load(string folder, bool allowNonFinite = false)
    {
        Change(nameof(Load), () =>
        {
            EnsureAttached();
            EnsureNotMerged("the loaded values would not be in the weights");
            _loadedConfig = PeftFolder.Load(folder, Name, $"adapter \"{Name}\" on {ModelName}", _sites, _peftTargets, PeftTrained, allowNonFinite);
        });
    }
}
