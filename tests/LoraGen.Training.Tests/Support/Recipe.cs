using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Support;

/// <summary>A model with the adapter and the optimizer that train it; the same for each creation.</summary>
internal sealed class Recipe : IDisposable
{
    private Recipe(Net model, optim.Optimizer optimizer, AdapterBase? adapter, LossScaler? scaler)
    {
        (Model, Optimizer, Adapter, Scaler) = (model, optimizer, adapter, scaler);
    }

    public static TheoryData<string> Names => new(Makers.Keys);

    public Net Model { get; }

    public optim.Optimizer Optimizer { get; }

    public AdapterBase? Adapter { get; }

    public LossScaler? Scaler { get; }

    private static Dictionary<string, Func<Net, (optim.Optimizer Optimizer, AdapterBase? Adapter, LossScaler? Scaler)>> Makers { get; } = new()
    {
        ["AdamW"] = net => (optim.AdamW(net.parameters(), lr: 1e-2, weight_decay: 0.01), null, null),
        ["SGD"] = net => (optim.SGD(net.parameters(), 1e-1, momentum: 0.9), null, null),
        ["GaLore"] = net => (new GaLore(net.parameters(), rank: 2, learningRate: 1e-2, updateInterval: 3), null, null),
        ["BAdam"] = net => (new BAdam(net, learningRate: 1e-2, interval: 2, seed: 3), null, null),
        ["AdamW8Bit"] = net => (new AdamW8Bit(net.parameters(), learningRate: 1e-2, weightDecay: 0.01), null, null),
        ["MasterWeights"] = net =>
        {
            net.to(bfloat16);
            return (new MasterWeights(net.parameters(), masters => optim.AdamW(masters, lr: 1e-2)), null, null);
        },
        ["LossScaler"] = net =>
        {
            net.to(float16);
            return (new MasterWeights(net.parameters(), masters => optim.AdamW(masters, lr: 1e-2)), null, new LossScaler(growthInterval: 3));
        },
        ["LoRA"] = net =>
        {
            var lora = net.AttachLora();
            return (optim.AdamW(lora.Parameters(), lr: 1e-2), lora, null);
        },
        ["QLoRA"] = net =>
        {
            var lora = net.AttachLora(quantization: new BaseQuantization(Quantization.Int8));
            return (optim.AdamW(lora.Parameters(), lr: 1e-2), lora, null);
        },
        ["LoRA-FA in bfloat16"] = net =>
        {
            var lora = net.AttachLoraFa(dtype: bfloat16);
            return (lora.Optimizer(parameters => new MasterWeights(parameters, masters => optim.AdamW(masters, lr: 1e-2))), lora, null);
        },
        ["LoRA+"] = net =>
        {
            var lora = net.AttachLora();
            return (optim.AdamW(lora.ParameterGroups(learningRate: 1e-3, ratio: 16)), lora, null);
        },
        ["LoRA-FA"] = net =>
        {
            var lora = net.AttachLoraFa();
            return (lora.Optimizer(parameters => optim.AdamW(parameters, lr: 1e-2)), lora, null);
        },
        ["AdaLoRA"] = net =>
        {
            var lora = net.AttachAdaLora();
            return (lora.Optimizer(parameters => optim.AdamW(parameters, lr: 1e-2)), lora, null);
        },
    };

    public static Recipe Of(string name)
    {
        random.manual_seed(5);
        var net = new Net();
        var (optimizer, adapter, scaler) = Makers[name](net);
        return new Recipe(net, optimizer, adapter, scaler);
    }

    public Trainer<Rows> Trainer(TrainingOptions options) => new(Model, Optimizer, Loss, options with { Scaler = Scaler }, Adapter);

    public BatchLoss Loss(Rows rows)
    {
        var output = Model.forward(rows.Input.to(Model.Up.weight.dtype)).to(float32);
        return new BatchLoss(nn.functional.mse_loss(output, rows.Target, nn.Reduction.Sum), rows.Target.shape[0]);
    }

    /// <summary>All values that a training changes, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Values()
    {
        return Model.state_dict().Concat((Adapter?.NamedParameters() ?? []).ToDictionary(named => $"adapter.{named.Name}", named => (Tensor)named.Parameter))
            .ToDictionary(entry => entry.Key, entry => Expect.Bytes(entry.Value));
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        Adapter?.Dispose();
        Model.Dispose();
    }
}
