using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace UnmodifiedModel;

/// <summary>A typical model: sealed, private readonly layers, <c>.forward(</c> calls. It knows nothing of LoraGen.</summary>
internal sealed class Classifier : Module<Tensor, Tensor>
{
    private readonly Linear embed;
    private readonly ModuleList<ResidualBlock> blocks;
    private readonly Linear head;

    public Classifier(int inputs, int width, int depth, int classes)
        : base(nameof(Classifier))
    {
        embed = Linear(inputs, width);
        blocks = new ModuleList<ResidualBlock>();
        for (var i = 0; i < depth; i++)
            blocks.Add(new ResidualBlock(width));
        head = Linear(width, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = embed.forward(input);
        foreach (var block in blocks)
            x = block.forward(x);
        return head.forward(x);
    }

    private sealed class ResidualBlock : Module<Tensor, Tensor>
    {
        private readonly LayerNorm norm;
        private readonly Module<Tensor, Tensor> up;
        private readonly Module<Tensor, Tensor> down;

        public ResidualBlock(int width)
            : base(nameof(ResidualBlock))
        {
            norm = LayerNorm(width);
            up = Linear(width, 4 * width);
            down = Linear(4 * width, width);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => input + down.forward(functional.gelu(up.forward(norm.forward(input))));
    }
}
