using FineTuning.MiniLm;
using LoraGen;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Optimizer = TorchSharp.torch.optim.Optimizer;

namespace FineTuning.Training;

/// <summary>A method of fine-tuning.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="LearningRate">Its learning rate.</param>
/// <param name="Attach">Attaches its adapter, as the attribute on <see cref="MiniLmClassifier"/> sets it; null for a method that is an optimizer.</param>
internal sealed record Method(string Name, double LearningRate, Func<MiniLmClassifier, AdapterBase?> Attach)
{
    private const double WeightDecay = 0.01;

    public static IReadOnlyList<Method> All { get; } =
    [
        new("full", 5e-5, model => model.AttachFullFineTuning()),
        new("freeze", 2e-4, model => model.AttachFreeze()),
        new("bitfit", 2e-3, model => model.AttachBitFit()),
        new("lora", 1e-3, model => model.AttachLora()),
        new("rslora", 1e-3, model => model.AttachRsLora()),
        new("dora", 1e-3, model => model.AttachDora()),
        new("adalora", 5e-3, model => model.AttachAdaLora()),
        new("vera", 1e-2, model => model.AttachVera()),
        new("oft", 1e-3, model => model.AttachOft()),
        new("ia3", 5e-3, model => model.AttachIa3()),
        new("houlsby", 1e-3, model => model.AttachHoulsbyBottleneck()),
        new("pfeiffer", 3e-3, model => model.AttachPfeifferBottleneck()),
        new("prefix", 1e-2, model => model.AttachPrefixTuning()),
        new("prompt", 1e-2, model => model.AttachPromptTuning()),
        new("ptuning", 5e-3, model => model.AttachPTuning()),
        new("qlora8", 1e-3, model => model.AttachLora(quantization: new BaseQuantization(Quantization.Int8))),
        new("qlora4", 1e-3, model => model.AttachLora(quantization: new BaseQuantization(Quantization.Nf4))),
        new("galore", 2e-4, _ => null) { OfModel = GaLoreOf },
        new("badam", 3e-4, _ => null) { OfModel = (model, rate) => new BAdam(model, rate, interval: 5, weightDecay: WeightDecay) },
    ];

    private Func<MiniLmClassifier, double, Optimizer>? OfModel { get; init; }

    /// <summary>LoRA with another rank than that of the attribute. Its alpha is twice the rank.</summary>
    /// <param name="rank">The rank.</param>
    public static Method LoraOfRank(int rank)
    {
        var options = new LoraMethod { Rank = rank, Alpha = 2 * rank, Dropout = 0.05 };
        return Named("lora") with { Attach = model => model.AttachSweptLora(options) };
    }

    public static Method Named(string name) => All.Single(method => method.Name == name);

    /// <summary>Creates the optimizer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="adapter">What <see cref="Attach"/> returned.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="steps">The number of steps of the training, over which AdaLoRA takes ranks away.</param>
    public Optimizer CreateOptimizer(MiniLmClassifier model, AdapterBase? adapter, double learningRate, long steps)
    {
        switch (adapter)
        {
            case null:
                return OfModel!(model, learningRate);
            case MiniLmClassifierAdaLora adaLora:
                adaLora.SetTotalSteps(steps);
                return adaLora.Optimizer(AdamW);
            default:
                return AdamW(adapter.Parameters());
        }

        Optimizer AdamW(IReadOnlyList<Parameter> parameters) => optim.AdamW(parameters, learningRate, weight_decay: WeightDecay);
    }

    // The gradients of the matrices in the layers are projected, as in the paper; embeddings and head are trained by AdamW.
    private static GaLore GaLoreOf(MiniLmClassifier model, double learningRate)
    {
        var parts = model.named_parameters().ToLookup(named => named.name.Contains(".layer.", StringComparison.Ordinal), named => named.parameter);
        var rank = (int)parts[true].Where(parameter => parameter.ndim == 2).Min(parameter => parameter.shape.Min()) / 4;
        return new GaLore([new GaLoreGroup(parts[true], rank, updateInterval: 50), new GaLoreGroup(parts[false])], learningRate, weightDecay: WeightDecay);
    }
}
