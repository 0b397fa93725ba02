using System.ComponentModel;
using LoraGen.Memory;
using LoraGen.Meta;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>Estimates the memory of training on a model that is built without weights. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelMemory
{
    /// <summary>Builds the model on META, describes the adapter there, and estimates.</summary>
    /// <param name="build">Creates the model.</param>
    /// <param name="describe">Creates the adapter, which is not attached.</param>
    /// <param name="batch">The number of sequences in a step.</param>
    /// <param name="tokens">The number of tokens in a sequence.</param>
    /// <param name="options">Facts that the modules don't tell; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its minimum.</exception>
    /// <exception cref="InvalidOperationException">The model can't be built without weights; the message names the method and line.</exception>
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
