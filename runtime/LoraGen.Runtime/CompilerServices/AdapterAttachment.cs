using System.ComponentModel;
using LoraGen.Calls;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>Attaches adapters. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AdapterAttachment
{
    /// <summary>Creates and attaches an adapter. If it throws, the model is unchanged.</summary>
    /// <param name="model">The model to adapt.</param>
    /// <param name="create">Creates the adapter.</param>
    /// <param name="shared">Whether the adapter may also act in other models that have some of its layers.</param>
    /// <param name="quantization">How Linear layers of the model are quantised before; null for what the attribute says.</param>
    public static TAdapter Attach<TModel, TAdapter>(TModel model, Func<TModel, TAdapter> create, bool shared, BaseQuantization? quantization = null)
        where TModel : nn.Module
        where TAdapter : AdapterBase
    {
        var adapter = Create(model, create);
        adapter.Attach(shared, quantization);
        return adapter;
    }

    /// <summary>Creates an adapter, attaches it and loads it from a folder. If it throws, the model is unchanged.</summary>
    /// <param name="model">The model to adapt.</param>
    /// <param name="create">Creates the adapter.</param>
    /// <param name="shared">Whether the adapter may also act in other models that have some of its layers.</param>
    /// <param name="folder">The folder in which the adapter was saved.</param>
    /// <param name="quantization">How Linear layers of the model are quantised before; null for what the attribute says.</param>
    public static TAdapter AttachFrom<TModel, TAdapter>(
        TModel model, Func<TModel, TAdapter> create, bool shared, string folder, BaseQuantization? quantization = null)
        where TModel : nn.Module
        where TAdapter : AdapterBase
    {
        var adapter = Create(model, create);
        adapter.Attach(shared, quantization, () => adapter.Load(folder));
        return adapter;
    }

    /// <summary>Creates an adapter, attaches it and loads it from a folder, for inference.</summary>
    /// <param name="model">The model to adapt.</param>
    /// <param name="create">Creates the adapter.</param>
    /// <param name="shared">Whether the adapter may also act in other models that have some of its layers.</param>
    /// <param name="folder">The folder in which the adapter was saved.</param>
    /// <param name="quantization">How Linear layers of the model are quantised before; null for what the attribute says.</param>
    public static InferenceAdapter<TModel> AttachForInference<TModel>(
        TModel model, Func<TModel, Adapter<TModel>> create, bool shared, string folder, BaseQuantization? quantization = null)
        where TModel : nn.Module => new(AttachFrom(model, create, shared, folder, quantization));

    /// <summary>Creates an adapter that can't be merged, attaches it and loads it from a folder, for inference.</summary>
    /// <param name="model">The model to adapt.</param>
    /// <param name="create">Creates the adapter.</param>
    /// <param name="shared">Whether the adapter may also act in other models that have some of its layers.</param>
    /// <param name="folder">The folder in which the adapter was saved.</param>
    /// <param name="quantization">How Linear layers of the model are quantised before; null for what the attribute says.</param>
    public static InferenceAdapterBase<TModel> AttachForInference<TModel>(
        TModel model, Func<TModel, AdapterBase<TModel>> create, bool shared, string folder, BaseQuantization? quantization = null)
        where TModel : nn.Module => new(AttachFrom(model, create, shared, folder, quantization), model);

    // Describing an adapter marks parameters to find those that share a tensor.
    private static TAdapter Create<TModel, TAdapter>(TModel model, Func<TModel, TAdapter> create)
        where TModel : nn.Module
        where TAdapter : AdapterBase
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(create);
        TAdapter? adapter = null;
        AdaptedModel.Of(model).Change(nameof(Attach), () =>
        {
            lock (AdaptedModel.Attaching)
                adapter = create(model);
        });
        return adapter!;
    }
}
