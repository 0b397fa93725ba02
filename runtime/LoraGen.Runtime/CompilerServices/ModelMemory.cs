using System.ComponentModel;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>Estimates what training takes of memory, on a model that is built without weights. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelMemory
{
    /// <summary>Builds the model on META, describes the adapter there, and estimates.</summary>
    /// <param name="build">Makes the model.</param>
    /// <param name="describe">Makes the adapter, which is not attached.</param>
    /// <param name="batch">Sequences in a step.</param>
    /// <param name="tokens">Tokens in a sequence.</param>
    /// <param name="options">What the modules don't say; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its least.</exception>
    /// <exception cref="InvalidOperationException">The model can't be built without weights; the message names the place.</exception>
    public static MemoryEstimate Of<TModel>(Func<TModel> build, Func<TModel, AdapterBase> describe, long batch, long tokens, MemoryOptions? options)
        where TModel : nn.Module
    {
        ArgumentNullException.ThrowIfNull(describe);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        options ??= new MemoryOptions();
        options.Validate();
        return MetaModel.Use(build, model =>
        {
            using var adapter = describe(model);
            return new MemoryFormula(ModelSizes.Of(model, options.TrainedBlocks), AdapterSizes.Of(adapter), batch, tokens, options).Estimate();
        });
    }
}
