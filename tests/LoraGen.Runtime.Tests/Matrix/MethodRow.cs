using LoraGen.Runtime.Tests.Methods;

namespace LoraGen.Runtime.Tests.Matrix;

/// <summary>How a method is attached to the model of one layer.</summary>
/// <param name="Label">The method, as the documentation names it.</param>
/// <param name="Attach">Attaches an adapter with a name.</param>
/// <param name="AttachFrom">Attaches a saved adapter that is named default.</param>
/// <param name="Count">Counts without weights.</param>
/// <param name="NotMergeable">Why no weight can represent the adapter; null if one can.</param>
internal sealed record MethodRow(
    string Label,
    Func<OneLayer, string, AdapterBase> Attach,
    Func<OneLayer, string, AdapterBase> AttachFrom,
    Func<string, ParameterCount> Count,
    string? NotMergeable = null)
{
    public static IReadOnlyList<MethodRow> All { get; } =
    [
        new("LoRA", (model, name) => model.AttachLora(name), (model, folder) => model.AttachLoraFrom(folder), kind => OneLayerLora.Count(kind)),
        new(
            "rsLoRA",
            (model, name) => model.AttachStableLora(name),
            (model, folder) => model.AttachStableLoraFrom(folder, "default"),
            kind => OneLayerStableLora.Count(kind)),
        new("DoRA", (model, name) => model.AttachDora(name), (model, folder) => model.AttachDoraFrom(folder), kind => OneLayerDora.Count(kind)),
        new("PiSSA", (model, name) => model.AttachPissa(name), (model, folder) => model.AttachPissaFrom(folder), kind => OneLayerPissa.Count(kind)),
        new(
            "OLoRA",
            (model, name) => model.AttachOlora(name),
            (model, folder) => model.AttachOloraFrom(folder, "default"),
            kind => OneLayerOlora.Count(kind)),
        new(
            "AdaLoRA",
            (model, name) => model.AttachAdaLora(name),
            (model, folder) => model.AttachAdaLoraFrom(folder, "default"),
            kind => OneLayerAdaLora.Count(kind)),
        new(
            "LoRA-FA",
            (model, name) => model.AttachLoraFa(name),
            (model, folder) => model.AttachLoraFaFrom(folder, "default"),
            kind => OneLayerLoraFa.Count(kind)),
        new(
            "GLoRA",
            (model, name) => model.AttachGlora(name),
            (model, folder) => model.AttachGloraFrom(folder, "default"),
            kind => OneLayerGlora.Count(kind)),
        new(
            "VeLoRA",
            (model, name) => model.AttachVelora(name),
            (model, folder) => model.AttachVeloraFrom(folder, "default"),
            kind => OneLayerVelora.Count(kind)),
        new("VeRA", (model, name) => model.AttachVera(name), (model, folder) => model.AttachVeraFrom(folder), kind => OneLayerVera.Count(kind)),
        new("IA³", (model, name) => model.AttachIa3(name), (model, folder) => model.AttachIa3From(folder), kind => OneLayerIa3.Count(kind)),
        new(
            "IA³ of the input",
            (model, name) => model.AttachInputIa3(name),
            (model, folder) => model.AttachInputIa3From(folder, "default"),
            kind => OneLayerInputIa3.Count(kind)),
        new("OFT", (model, name) => model.AttachOft(name), (model, folder) => model.AttachOftFrom(folder), kind => OneLayerOft.Count(kind)),
        new("Freeze", (model, name) => model.AttachFreeze(name), (model, folder) => model.AttachFreezeFrom(folder), kind => OneLayerFreeze.Count(kind)),
        new(
            "full fine-tuning",
            (model, name) => model.AttachFullFineTuning(name),
            (model, folder) => model.AttachFullFineTuningFrom(folder),
            kind => OneLayerFullFineTuning.Count(kind)),
        new("BitFit", (model, name) => model.AttachBitFit(name), (model, folder) => model.AttachBitFitFrom(folder), kind => OneLayerBitFit.Count(kind)),
        new(
            "trainable tokens",
            (model, name) => model.AttachTrainableTokens(name),
            (model, folder) => model.AttachTrainableTokensFrom(folder),
            kind => OneLayerTrainableTokens.Count(kind)),
        new(
            "bottleneck",
            (model, name) => model.AttachBottleneck(name),
            (model, folder) => model.AttachBottleneckFrom(folder),
            kind => OneLayerBottleneck.Count(kind),
            "the activation is not linear"),
    ];

    public override string ToString() => Label;
}
