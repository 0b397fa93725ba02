using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>The ways in which people run a layer, one layer each.</summary>
[Lora(Rank = 2, Alpha = 4)]
internal sealed class Callers : Module<Tensor, Tensor>
{
    public const long Width = 5;

    private readonly Linear forwarded = Linear(Width, Width);
    private readonly Linear called = Linear(Width, Width);
    private readonly Module<Tensor, Tensor> typedAsBase = Linear(Width, Width);
    private readonly Linear? conditional = Linear(Width, Width);
    private readonly Linear passed = Linear(Width, Width);
    private readonly ModuleList<Linear> listed = ModuleList(Linear(Width, Width), Linear(Width, Width));
    private readonly Sequential sequence = Sequential(("first", Linear(Width, Width)), ("act", SiLU()), ("last", Linear(Width, Width)));
    private readonly Scored scored = new();

    public Callers()
        : base(nameof(Callers)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var x = forwarded.forward(input);
        x = called.call(x);
        x = typedAsBase.forward(x);
        x = conditional?.forward(x) ?? x;
        x = Run(this.passed, x);
        foreach (var layer in listed)
            x = layer.forward(x);
        x = sequence.forward(x);
        return scored.forward(x, input);
    }

    private static Tensor Run(Module<Tensor, Tensor> layer, Tensor input) => layer.forward(input: input);

    /// <summary>A module of two inputs; its own forward is not a layer's.</summary>
    internal sealed class Scored : Module<Tensor, Tensor, Tensor>
    {
        private readonly Linear inner = Linear(Width, Width);

        public Scored()
            : base(nameof(Scored)) => RegisterComponents();

        public override Tensor forward(Tensor input, Tensor residual) => inner.forward(input) + residual;
    }
}
