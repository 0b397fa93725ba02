using System.ComponentModel;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>What generated code calls to attach an adapter from a folder. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SavedAdapter
{
    /// <summary>Loads an attached adapter; where that fails, the model is as before.</summary>
    public static TAdapter Load<TAdapter>(TAdapter adapter, string folder)
        where TAdapter : Adapter
    {
        ArgumentNullException.ThrowIfNull(adapter);
        try
        {
            adapter.Load(folder);
            return adapter;
        }
        catch
        {
            adapter.Dispose();
            throw;
        }
    }

    /// <summary>The same, to compute only.</summary>
    public static InferenceAdapter<TModel> LoadForInference<TModel>(Adapter<TModel> adapter, string folder)
        where TModel : nn.Module => new(Load(adapter, folder));
}
