using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Training.Tests.Models;

// The running statistics change on purpose.
#pragma warning disable LORA2016

/// <summary>A frozen model with running statistics, with an adapter and a parameter of its own that is trained beside it.</summary>
[Lora(Rank = 2, Targets = ["up"])]
internal sealed class NormedNet : Module<Tensor, Tensor>
{
    private readonly Linear up = Linear(Net.Inputs, 8);
    private readonly BatchNorm1d norm = BatchNorm1d(8);
    private readonly Linear down = Linear(8, Net.Outputs);
    private readonly NormedNetLora _lora;
    private readonly optim.Optimizer _optimizer;

    public NormedNet()
        : base(nameof(NormedNet))
    {
        RegisterComponents();
        _lora = this.AttachLora();
        down.weight.requires_grad = true;
        _optimizer = optim.AdamW([.. _lora.Parameters(), down.weight], lr: 1e-2);
    }

    public override Tensor forward(Tensor input) => down.forward(norm.forward(up.forward(input)));

    public Trainer<Rows> Trainer(TemporaryFolder folder)
    {
        var options = new TrainingOptions { Checkpoints = new CheckpointOptions(folder.Path) { Resume = true } };
        return new Trainer<Rows>(this, _optimizer, Loss, options, _lora);
    }

    public IReadOnlyDictionary<string, byte[]> Values()
    {
        return state_dict().Concat(_lora.NamedParameters().ToDictionary(named => $"adapter.{named.Name}", named => (Tensor)named.Parameter))
            .ToDictionary(entry => entry.Key, entry => Expect.Bytes(entry.Value));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _optimizer.Dispose();
            _lora.Dispose();
        }

        base.Dispose(disposing);
    }

    private BatchLoss Loss(Rows rows) => new((forward(rows.Input) - rows.Target).square().sum(), rows.Target.shape[0]);
}
