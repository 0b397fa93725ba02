using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

// Some attributes are wrong on purpose: what then happens is tested.
#pragma warning disable LORA1026

/// <summary>A model with everything that a selective method may select: blocks in a list, biases, normalizations of three kinds, a buffer and a head.</summary>
[Freeze(Layers = "^1..")]
[Freeze(Name = "heads", Targets = ["head", "layers.*.up"])]
[Freeze(Name = "last up", Targets = ["up"], Layers = "^1..")]
[Freeze(Name = "but blocks", Targets = ["*"], Exclude = ["layers", "emb"])]
[Freeze(Name = "nothing named")]
[Freeze(Name = "typo", Targets = ["layer"])]
[Freeze(Name = "beyond", Layers = "2")]
[FullFineTuning]
[BitFit]
[BitFit(Name = "one", Layers = "0")]
[BitFit(Name = "none", Targets = ["emb"])]
[LayerNormTuning]
[LayerNormTuning(Name = "last", Targets = ["last"])]
[LayerNormTuning(Name = "no norm", Targets = ["last", "head"])]
[TrainableTokens(Tokens = [4, 1], Targets = ["emb"])]
[Lora(Rank = 2, Targets = ["up", "head"])]
internal sealed class Mixed : Module<Tensor, Tensor>
{
    public const long Vocabulary = 9;

    private const long Width = 6;

    private readonly Embedding emb;
    private readonly ModuleList<Unit> layers;
    private readonly BatchNorm1d across;
    private readonly ScaleNorm last;
    private readonly Linear head;

    public Mixed()
        : base(nameof(Mixed))
    {
        emb = Embedding(Vocabulary, Width);
        layers = ModuleList(new Unit(), new Unit());
        across = BatchNorm1d(Width);
        last = new ScaleNorm();
        head = Linear(Width, Vocabulary);
        RegisterComponents();
    }

    public static Tensor Ids => tensor(new long[] { 0, 4, 1, 8, 2, 1, 5, 4 }, device: TestDevice.Device).view(2, 4);

    public override Tensor forward(Tensor ids)
    {
        var x = emb.forward(ids);
        foreach (var layer in layers)
            x = layer.forward(x);
        x = across.forward(x.transpose(1, 2)).transpose(1, 2);
        return head.forward(last.forward(x));
    }

    internal sealed class Unit : Module<Tensor, Tensor>
    {
        private readonly LayerNorm ln;
        private readonly Linear up;

        public Unit()
            : base(nameof(Unit))
        {
            ln = LayerNorm(Width);
            up = Linear(Width, Width);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => x + up.forward(ln.forward(x)).tanh();
    }

    /// <summary>A normalization of the user's own, which is recognized by its name.</summary>
    internal sealed class ScaleNorm : Module<Tensor, Tensor>
    {
        private readonly Parameter weight;

        public ScaleNorm()
            : base(nameof(ScaleNorm))
        {
            weight = Parameter(ones(Width));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => x * rsqrt(x.pow(2).mean([-1], keepdim: true) + 1e-5) * weight;
    }
}
