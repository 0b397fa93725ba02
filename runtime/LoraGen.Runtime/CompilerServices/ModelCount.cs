using System.ComponentModel;
using LoraGen.Meta;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>Counts an adapter's parameters on a model that is built without weights. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelCount
{
    /// <summary>Builds the model on META, describes the adapter there, and counts.</summary>
    /// <param name="build">Creates the model.</param>
    /// <param name="describe">Creates the adapter, which is not attached.</param>
    /// <exception cref="InvalidOperationException">The model can't be built without weights; the message names the method and line.</exception>
    public static ParameterCount Of<TModel>(Func<TModel> build, Func<TModel, AdapterBase> describe)
        where TModel : nn.Module
    {
        ArgumentNullException.ThrowIfNull(describe);
        return MetaModel.Use(build, model =>
        {
            using var adapter = describe(model);
            return adapter.ParameterCount;
        });
    }
}
