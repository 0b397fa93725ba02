namespace LoraGen;

/// <summary>The list of the methods that have an attribute of their own.</summary>
internal static class AdapterMethods
{
    public static IReadOnlyList<AdapterMethod> All { get; } =
    [
        new LoraMethod(), new DoraMethod(), new PissaMethod(), new OloraMethod(), new AdaLoraMethod(), new LoraFaMethod(), new GloraMethod(),
        new VeloraMethod(), new VeraMethod(), new Ia3Method(), new OftMethod(), new FreezeMethod(), new FullFineTuningMethod(), new BitFitMethod(),
        new LayerNormTuningMethod(), new TrainableTokensMethod(), new BottleneckMethod(), new PromptTuningMethod(), new PTuningMethod(),
        new PrefixTuningMethod(),
    ];
}
