using LoraGen.Calls;
using LoraGen.Sites;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Quantises the base weights of a model.</summary>
public static class QuantizationExtensions
{
    /// <summary>
    /// Quantises the weights of the model's Linear layers one after another, and frees the float weights. Calls of the layers restore them in parts when they
    /// are needed, forward and backward, wherever the call comes from. A weight that several modules have in common is not quantised, because it is read
    /// without a call of its layer.
    /// </summary>
    /// <remarks>
    /// The parameter of a quantised layer keeps its shape and its number of elements but holds NaN, so that code that reads it without calling the layer
    /// gets NaN; TorchSharp's <c>save</c> throws for it, and nothing can be loaded into it. <see cref="CheckpointExtensions.SaveCheckpoint"/> writes the
    /// restored weights. The model may be moved and converted: the weights stay quantised.
    /// </remarks>
    /// <param name="model">The model, with or without adapters.</param>
    /// <param name="options">The format and the layers.</param>
    /// <returns>The layers with the errors, and those that were skipped.</returns>
    /// <exception cref="ArgumentException">An option is invalid; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">
    /// A target matches no Linear, or one whose weight can't be quantised; or the method was called within a call of the model. Nothing was changed.
    /// </exception>
    public static QuantizationReport Quantize(this nn.Module model, BaseQuantization options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        QuantizationReport? report = null;
        Change(model, nameof(Quantize), () => report = ModelQuantization.Of(model, options).Run());
        return report!;
    }

    /// <summary>Quantises the weights of all Linear layers except <c>lm_head</c>, with the format's defaults.</summary>
    /// <param name="model">The model, with or without adapters.</param>
    /// <param name="format">The format.</param>
    /// <inheritdoc cref="Quantize(nn.Module, BaseQuantization)" path="/returns|/exception|/remarks"/>
    public static QuantizationReport Quantize(this nn.Module model, Quantization format) => model.Quantize(new BaseQuantization(format));

    /// <summary>Gives all quantised layers float weights again, with the values of the quantised ones and in the type that the weights had.</summary>
    /// <param name="model">The model, with or without adapters.</param>
    /// <exception cref="InvalidOperationException">An adapter is merged, or the method was called within a call of the model; nothing was changed.</exception>
    public static void Dequantize(this nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Change(model, nameof(Dequantize), () =>
        {
            var layers = NamedModules.Of(model).Where(entry => ModuleState.Of(entry.Module).Quantized is not null).ToArray();
            if (layers.FirstOrDefault(entry => ModuleState.Of(entry.Module).Merged is not null) is { Path: { } path })
                throw new InvalidOperationException($"{path}: an adapter is merged into the weight. Call Unmerge() first.");

            foreach (var (_, module) in layers)
            {
                var quantized = ModuleState.Of(module).Quantized!;
                quantized.Replace(quantized.Weight.Dequantize());
            }
        });
    }

    /// <summary>
    /// Prepares a model with quantised weights for training: all parameters are frozen, and those that are not quantised, such as norms, embeddings and heads,
    /// become float32, so that the hidden states are too. PEFT's <c>prepare_model_for_kbit_training</c>. Call it before attaching adapters.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidOperationException">The model has adapters, or the method was called within a call of the model.</exception>
    public static TModel PrepareForTraining<TModel>(this TModel model)
        where TModel : nn.Module
    {
        ArgumentNullException.ThrowIfNull(model);
        Change(model, nameof(PrepareForTraining), () =>
        {
            if (AdaptedModel.Of(model).AllAdapters.FirstOrDefault() is { } adapter)
            {
                throw new InvalidOperationException(
                    $"{nameof(PrepareForTraining)} converts the parameters, so call it before adapter \"{adapter.Name}\" is attached.");
            }

            var hidden = NamedModules.Of(model).Select(entry => QuantizedLayer.Of(entry.Module)).OfType<QuantizedLayer>().ToArray();
            foreach (var layer in hidden)
                layer.Convert(ScalarType.Float32);
            foreach (var parameter in model.parameters())
                parameter.requires_grad = false;
            model.to(ScalarType.Float32);
        });
        return model;
    }

    private static void Change(nn.Module model, string verb, Action change)
    {
        var states = NamedModules.Of(model).Select(entry => ModuleState.Of(entry.Module));
        AdaptedModel.Of(model).Change(verb, change, [.. states.SelectMany(state => state.Frozen?.Models ?? []).Distinct()]);
    }
}
