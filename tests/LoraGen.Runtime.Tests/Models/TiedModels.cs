// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA2015

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>One Linear in two fields.</summary>
[Lora(Rank = 2, Alpha = 4)]
[Lora(Name = "second only", Rank = 2, Alpha = 4, Targets = ["second"])]
internal sealed class OneLayerTwice : Module<Tensor, Tensor>
{
    private readonly Linear first;
    private readonly Linear second;

    public OneLayerTwice()
        : base(nameof(OneLayerTwice))
    {
        first = Linear(5, 5);
        second = first;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => second.forward(first.forward(input).tanh());
}

/// <summary>One Linear in two fields, of which one keeps it out.</summary>
[Lora(Rank = 2, Alpha = 4)]
internal sealed class IgnoredOnce : Module<Tensor, Tensor>
{
    [LoraIgnore]
    private readonly Linear first;

    private readonly Linear second;
    private readonly Linear third;

    public IgnoredOnce()
        : base(nameof(IgnoredOnce))
    {
        first = Linear(5, 5);
        second = first;
        third = Linear(5, 5);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => third.forward(second.forward(first.forward(input)));
}

/// <summary>Two Linears with biases of their own and one weight.</summary>
[Lora(Rank = 2, Alpha = 4)]
[Lora(Name = "second only", Rank = 2, Alpha = 4, Targets = ["second"])]
[Glora(Rank = 2, PartDE = GloraPart.Vector)]
[Glora(Name = "later", Rank = 2, PartDE = GloraPart.Vector)]
[TrainableTokens(Tokens = [3, 1], Targets = ["first", "second"])]
internal sealed class OneWeightTwice : Module<Tensor, Tensor>
{
    private readonly Linear first;
    private readonly Linear second;

    public OneWeightTwice()
        : base(nameof(OneWeightTwice))
    {
        first = Linear(5, 5);
        second = Linear(5, 5);
        second.weight = first.weight;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => second.forward(first.forward(input).tanh());
}

/// <summary>Two blocks whose layers have one name and one weight.</summary>
[Lora(Rank = 2, Alpha = 4)]
internal sealed class TiedBlocks : Module<Tensor, Tensor>
{
    private readonly TiedBlock first = new();
    private readonly TiedBlock second = new();

    public TiedBlocks()
        : base(nameof(TiedBlocks))
    {
        second.Proj.weight = first.Proj.weight;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => second.forward(first.forward(input).tanh());

    internal sealed class TiedBlock : Module<Tensor, Tensor>
    {
        public TiedBlock()
            : base(nameof(TiedBlock)) => RegisterComponents();

        public Linear Proj { get; } = Linear(5, 5);

        public override Tensor forward(Tensor input) => Proj.forward(input);
    }
}

/// <summary>A language model whose head is its embedding: [batch, time] of ids → logits.</summary>
[Lora(Rank = 2, Alpha = 4)]
[Lora(Name = "inner", Rank = 2, Alpha = 4, Exclude = ["lm_head"])]
[Lora(Name = "both", Rank = 2, Alpha = 4, Targets = ["wte", "lm_head"])]
internal sealed class TiedHead : Module<Tensor, Tensor>
{
    private readonly Embedding wte;
    private readonly Linear inner;
    private readonly Linear lm_head;

    public TiedHead()
        : base(nameof(TiedHead))
    {
        wte = Embedding(11, 6);
        inner = Linear(6, 6);
        lm_head = Linear(6, 11, hasBias: false);
        lm_head.weight = wte.weight!;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => lm_head.forward(inner.forward(wte.forward(input)).tanh());
}
