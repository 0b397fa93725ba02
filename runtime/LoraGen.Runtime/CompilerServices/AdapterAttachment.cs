using System.ComponentModel;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>What generated code calls to attach an adapter. Not for direct use.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AdapterAttachment
{
    /// <summary>Makes and attaches an adapter; where that fails, the model is as before.</summary>
    /// <param name="model">The model to adapt.</param>
    /// <param name="create">Makes the adapter.</param>
    /// <param name="shared">Whether it may act in further models that have some of its layers.</param>
    public static TAdapter Attach<TModel, TAdapter>(TModel model, Func<TModel, TAdapter> create, bool shared)
        where TModel : nn.Module
        where TAdapter : AdapterBase
    {
        var adapter = Create(model, create);
        adapter.Attach(shared);
        return adapter;
    }

    /// <summary>Makes and attaches an adapter and loads it from a folder; where that fails, the model is as before.</summary>
    /// <param name="model">The model to adapt.</param>
    /// <param name="create">Makes the adapter.</param>
    /// <param name="shared">Whether it may act in further models that have some of its layers.</param>
    /// <param name="folder">Where the adapter was saved.</param>
    public static TAdapter AttachFrom<TModel, TAdapter>(TModel model, Func<TModel, TAdapter> create, bool shared, string folder)
        where TModel : nn.Module
        where TAdapter : AdapterBase
    {
        var adapter = Create(model, create);
        adapter.Attach(shared, () => adapter.Load(folder));
        return adapter;
    }

    /// <summary>Makes and attaches an adapter and loads it from a folder, to compute only.</summary>
    /// <param name="model">The model to adapt.</param>
    /// <param name="create">Makes the adapter.</param>
    /// <param name="shared">Whether it may act in further models that have some of its layers.</param>
    /// <param name="folder">Where the adapter was saved.</param>
    public static InferenceAdapter<TModel> AttachForInference<TModel>(TModel model, Func<TModel, Adapter<TModel>> create, bool shared, string folder)
        where TModel : nn.Module => new(AttachFrom(model, create, shared, folder));

    /// <summary>Makes and attaches an adapter that can't be merged and loads it from a folder, to compute only.</summary>
    /// <param name="model">The model to adapt.</param>
    /// <param name="create">Makes the adapter.</param>
    /// <param name="shared">Whether it may act in further models that have some of its layers.</param>
    /// <param name="folder">Where the adapter was saved.</param>
    public static InferenceAdapterBase<TModel> AttachForInference<TModel>(TModel model, Func<TModel, AdapterBase<TModel>> create, bool shared, string folder)
        where TModel : nn.Module => new(AttachFrom(model, create, shared, folder), model);

    // Describing an adapter reads which parameters share a tensor by marking them.
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
