using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Models;

/// <summary>The q, k and v layers of a small language model: 24 blocks, 896 wide, with two key-value heads of 64.</summary>
[Lora(Rank = Rank, Alpha = 16, Targets = ["q_proj", "k_proj", "v_proj"])]
internal sealed class AttentionTree : Module<Tensor, Tensor>
{
    public const int Rank = 8;
    public const int Width = 896;
    public const int KeyValueWidth = 128;
    public const int Sites = 3 * Blocks;
    private const int Blocks = 24;

    private readonly ModuleList<Block> layers;

    public AttentionTree()
        : base(nameof(AttentionTree))
    {
        layers = new ModuleList<Block>();
        for (var i = 0; i < Blocks; i++)
            layers.Add(new Block());
        RegisterComponents();
    }

    /// <summary>Of each site.</summary>
    public static IEnumerable<long> OutFeatures => Enumerable.Repeat<long[]>([Width, KeyValueWidth, KeyValueWidth], Blocks).SelectMany(block => block);

    public override Tensor forward(Tensor input)
    {
        foreach (var layer in layers)
            input = layer.forward(input);
        return input;
    }

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Attention self_attn = new();

        public Block()
            : base(nameof(Block)) => RegisterComponents();

        public override Tensor forward(Tensor input) => self_attn.forward(input);
    }

    private sealed class Attention : Module<Tensor, Tensor>
    {
        private readonly Linear q_proj = Linear(Width, Width);
        private readonly Linear k_proj = Linear(Width, KeyValueWidth);
        private readonly Linear v_proj = Linear(Width, KeyValueWidth);

        public Attention()
            : base(nameof(Attention)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var keysAndValues = cat([k_proj.forward(input), v_proj.forward(input)], -1);
            return q_proj.forward(input) + keysAndValues.sum(-1, keepdim: true);
        }
    }
}
