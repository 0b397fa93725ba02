using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Layers that the compiler can't name, or not by their declarations. They are found when attaching.</summary>
[Lora(Rank = 2, Alpha = 4)]
internal sealed class Walked : Module<Tensor, Tensor>
{
    private readonly Hidden hidden = new();
    private readonly Sequential sequence = Sequential(("first", Linear(4, 4)), ("act", ReLU()), ("deep", Sequential(("last", Linear(4, 4)))));
    private readonly Module<Tensor, Tensor> layerOrNot;
    private readonly Expert expert = new LargeExpert();
    private readonly ModuleList<Module<Tensor, Tensor>> mixed = ModuleList<Module<Tensor, Tensor>>(Linear(4, 4), new Expert(), ReLU());
    private readonly Wrapped<Linear> wrapped = new(Linear(4, 4));
    private readonly Linear registered = Linear(4, 4);

    [ComponentName(Name = "renamed")]
    private readonly Linear original = Linear(4, 4);

    public Walked(bool isLayer)
        : base(nameof(Walked))
    {
        layerOrNot = isLayer ? Linear(4, 4) : new Expert();
        RegisterComponents();
        register_module("late", Linear(4, 4));
    }

    private Linear Property { get; } = Linear(4, 4);

    public override Tensor forward(Tensor input)
    {
        var x = sequence.forward(hidden.forward(input));
        x = expert.forward(layerOrNot.forward(x));
        foreach (var module in mixed)
            x = module.forward(x);
        x = wrapped.forward(x);
        x = Property.forward(original.forward(registered.forward(x)));
        return named_children().Last().module is Linear late ? late.forward(x) : x;
    }

    private sealed class Hidden : Module<Tensor, Tensor>
    {
        private readonly Linear inner = Linear(4, 4);

        public Hidden()
            : base(nameof(Hidden)) => RegisterComponents();

        public override Tensor forward(Tensor input) => inner.forward(input);
    }
}
