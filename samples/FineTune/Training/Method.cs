using FineTuning.MiniLm;
using LoraGen;

namespace FineTuning.Training;

/// <summary>A method of fine-tuning.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="LearningRate">The learning rate of AdamW.</param>
/// <param name="Attach">Attaches its adapter, as the attribute on <see cref="MiniLmClassifier"/> sets it.</param>
internal sealed record Method(string Name, double LearningRate, Func<MiniLmClassifier, AdapterBase> Attach)
{
    public static IReadOnlyList<Method> All { get; } =
    [
        new("full", 5e-5, model => model.AttachFullFineTuning()),
        new("freeze", 2e-4, model => model.AttachFreeze()),
        new("bitfit", 2e-3, model => model.AttachBitFit()),
        new("lora", 1e-3, model => model.AttachLora()),
        new("dora", 1e-3, model => model.AttachDora()),
        new("ia3", 5e-3, model => model.AttachIa3()),
    ];

    public static Method Named(string name) => All.Single(method => method.Name == name);
}
