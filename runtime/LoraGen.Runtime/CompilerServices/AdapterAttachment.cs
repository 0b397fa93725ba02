using System.ComponentModel;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>What generated code calls to attach the adapter that it has made for a model. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AdapterAttachment
{
    /// <summary>Attaches an adapter; where that fails, the model is as before.</summary>
    public static TAdapter Attach<TAdapter>(TAdapter adapter)
        where TAdapter : AdapterBase
    {
        ArgumentNullException.ThrowIfNull(adapter);
        adapter.Attach();
        return adapter;
    }

    /// <summary>Attaches an adapter and loads it from a folder; where that fails, the model is as before.</summary>
    public static TAdapter AttachFrom<TAdapter>(TAdapter adapter, string folder)
        where TAdapter : AdapterBase
    {
        Attach(adapter);
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

    /// <summary>Attaches an adapter and loads it from a folder, to compute only.</summary>
    public static InferenceAdapter<TModel> AttachForInference<TModel>(Adapter<TModel> adapter, string folder)
        where TModel : nn.Module => new(AttachFrom(adapter, folder));

    /// <summary>Attaches an adapter that can't be merged and loads it from a folder, to compute only.</summary>
    public static InferenceAdapterBase<TModel> AttachForInference<TModel>(AdapterBase<TModel> adapter, string folder)
        where TModel : nn.Module
    {
        ArgumentNullException.ThrowIfNull(adapter);
        return new InferenceAdapterBase<TModel>(AttachFrom(adapter, folder), adapter.BaseModel);
    }
}
