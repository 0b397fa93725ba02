using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Training.Tests.Models;

// Wrong on purpose: what the training notices is tested.
#pragma warning disable LORA2012

/// <summary>A model that doesn't call one of its layers, and ignores the output of another.</summary>
[Lora(Rank = 2, Targets = ["used"])]
[Lora(Name = "all", Rank = 2, AllowUnreached = "uncalled")]
internal sealed class Unused : Module<Tensor, Tensor>
{
    private readonly Linear used = Linear(Net.Inputs, Net.Outputs);
    private readonly Linear ignored = Linear(Net.Inputs, Net.Outputs);
    private readonly Linear uncalled = Linear(Net.Inputs, Net.Outputs);

    public Unused()
        : base(nameof(Unused)) => RegisterComponents();

    public override Tensor forward(Tensor input) => used.forward(input) + (ignored.forward(input) * 0);
}
