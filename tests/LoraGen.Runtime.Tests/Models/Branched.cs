using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

// Some attributes are wrong on purpose: what then happens is tested.
#pragma warning disable LORA1026, LORA2001, LORA2019, LORA2024

/// <summary>Branched blocks whose two parts are modules with one input, one of them with its widest layer last.</summary>
[Bottleneck(After = ["mix", "mlp"], ReductionFactor = 4)]
[Bottleneck(Name = "pfeiffer", After = ["mlp"], ReductionFactor = 2, Activation = BottleneckActivation.Gelu)]
[Bottleneck(Name = "parallel", After = ["mlp"], ReductionFactor = 2, Activation = BottleneckActivation.Silu, Parallel = true, Scale = 4)]
[Bottleneck(Name = "layers", After = ["up", "embed", "norm"], ReductionFactor = 2, Activation = BottleneckActivation.Tanh)]
[Bottleneck(Name = "dropped", After = ["mlp"], ReductionFactor = 2, Dropout = 0.5)]
[Bottleneck(Name = "last", After = ["mlp"], Layers = "^1..", ReductionFactor = 1)]
[Bottleneck(Name = "uneven", After = ["mlp"], ReductionFactor = 3)]
[Bottleneck(Name = "nowhere")]
[Bottleneck(Name = "several", After = ["pair"], ReductionFactor = 2)]
[Bottleneck(Name = "a list", After = ["blocks"], ReductionFactor = 2)]
[Bottleneck(Name = "wrong width", After = ["odd"], ReductionFactor = 2)]
[Bottleneck(Name = "width", After = ["odd"], WidthOf = ["odd.down"], ReductionFactor = 2)]
[Bottleneck(Name = "no layer", After = ["activation"], ReductionFactor = 2)]
[Lora(Rank = 2, Targets = ["up", "down"])]
internal sealed class Branched : Module<Tensor, Tensor>
{
    public const long Width = 8;
    public const long Vocabulary = 7;

    private readonly Embedding embed;
    private readonly ModuleList<BranchedBlock> blocks;
    private readonly OddMlp odd;
    private readonly Pair pair;
    private readonly LayerNorm norm;
    private readonly Linear head;

    public Branched()
        : base(nameof(Branched))
    {
        embed = Embedding(Vocabulary, Width);
        blocks = ModuleList(new BranchedBlock(), new BranchedBlock());
        odd = new OddMlp();
        pair = new Pair();
        norm = LayerNorm(Width);
        head = Linear(Width, Vocabulary);
        RegisterComponents();
    }

    public static Tensor Ids => tensor(new long[] { 0, 4, 1, 6, 2, 1, 5, 4 }, device: TestDevice.Device).view(2, 4);

    public override Tensor forward(Tensor ids)
    {
        var x = embed.forward(ids);
        foreach (var block in blocks)
            x = block.forward(x);
        return head.forward(norm.forward(pair.forward(x, odd.forward(x))));
    }

    internal sealed class BranchedBlock : Module<Tensor, Tensor>
    {
        private readonly Linear mix;
        private readonly SmallMlp mlp;

        public BranchedBlock()
            : base(nameof(BranchedBlock))
        {
            mix = Linear(Width, Width);
            mlp = new SmallMlp();
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            x += mix.forward(x);
            return x + mlp.call(x);
        }
    }

    internal sealed class SmallMlp : Module<Tensor, Tensor>
    {
        private readonly Linear up;
        private readonly ReLU activation;
        private readonly Linear down;

        public SmallMlp()
            : base(nameof(SmallMlp))
        {
            up = Linear(Width, 2 * Width);
            activation = ReLU();
            down = Linear(2 * Width, Width);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => down.forward(activation.forward(up.forward(x)));
    }

    /// <summary>The layer that is registered last is not the one that computes the output.</summary>
    internal sealed class OddMlp : Module<Tensor, Tensor>
    {
        private readonly Linear down;
        private readonly Linear up;

        public OddMlp()
            : base(nameof(OddMlp))
        {
            down = Linear(2 * Width, Width);
            up = Linear(Width, 2 * Width);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => down.forward(up.forward(x).tanh());
    }

    internal sealed class Pair : Module<Tensor, Tensor, Tensor>
    {
        private readonly Linear join;

        public Pair()
            : base(nameof(Pair))
        {
            join = Linear(Width, Width);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x, Tensor y) => join.forward(x + y);
    }
}
