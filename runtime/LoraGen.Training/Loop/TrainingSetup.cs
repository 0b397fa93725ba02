using static TorchSharp.torch;

namespace LoraGen.Training.Loop;

/// <summary>What is trained, and how.</summary>
internal sealed class TrainingSetup(nn.Module model, optim.Optimizer optimizer, TrainingOptions options, AdapterBase? adapter)
{
    public nn.Module Model => model;

    public optim.Optimizer Optimizer => optimizer;

    public TrainingOptions Options => options;

    public AdapterBase? Adapter => adapter;

    public TrainedParameters Parameters { get; } = new(model, adapter, optimizer);

    public GroupRates Rates { get; } = new(optimizer);
}
