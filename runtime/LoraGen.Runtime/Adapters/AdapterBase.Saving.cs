using System.Text.Json.Nodes;
using LoraGen.Formats;

namespace LoraGen;

/// <content>The adapter in files.</content>
public abstract partial class AdapterBase
{
    private PeftTargets _peftTargets = new([], [], []);
    private JsonObject? _loadedConfig;

    private PeftTrained PeftTrained => new(_trained, _peftTargets.Paths);

    /// <summary>
    /// Writes the adapter as Hugging Face's PEFT does: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, in the folder itself for the adapter
    /// <c>default</c>, else in a sub-folder of its name. Each file is written beside and renamed: a crash leaves the old one or the new one.
    /// </summary>
    /// <param name="folder">It is made where it doesn't exist.</param>
    /// <exception cref="InvalidOperationException">The adapter is detached.</exception>
    public void Save(string folder)
    {
        EnsureAttached();
        PeftFolder.Save(folder, Name, _sites, _peftTargets, PeftTrained, _loadedConfig);
    }

    /// <summary>
    /// Reads what <see cref="Save"/> or PEFT wrote into the adapter's parameters and what it trains of the base model. They stay the objects that an optimizer
    /// holds. Every tensor, shape and option must be as the attributes say.
    /// </summary>
    /// <param name="folder">For an adapter that is not called <c>default</c>, the folder in which its own stands.</param>
    /// <exception cref="InvalidOperationException">The adapter is detached or merged.</exception>
    /// <exception cref="InvalidDataException">
    /// The files are broken, or a tensor is missing, unexpected or mis-shaped, or the config contradicts an attribute: the message lists all of it, and
    /// nothing was changed.
    /// </exception>
    public void Load(string folder)
    {
        Change(nameof(Load), () =>
        {
            EnsureAttached();
            EnsureNotMerged("what is loaded would not be in the weights");
            _loadedConfig = PeftFolder.Load(folder, Name, $"adapter \"{Name}\" on {ModelName}", _sites, _peftTargets, PeftTrained);
        });
    }
}
