using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Blocks with a node that tells whether it is still in a graph.</summary>
internal sealed class Watched : Module<Tensor, Tensor>
{
    private readonly ModuleList<WatchedBlock> blocks = [];

    public Watched(int count)
        : base(nameof(Watched))
    {
        for (var i = 0; i < count; i++)
            blocks.Add(new WatchedBlock());
        RegisterComponents();
    }

    public static List<WeakReference> Nodes { get; } = [];

    public override Tensor forward(Tensor input)
    {
        var hidden = input;
        foreach (var block in blocks)
            hidden = block.forward(hidden);
        return hidden;
    }

    private static object Mark()
    {
        var mark = new object();
        Nodes.Add(new WeakReference(mark));
        return mark;
    }

    internal sealed class WatchedBlock : Module<Tensor, Tensor>
    {
        private readonly Linear fc = Linear(6, 6);

        public WatchedBlock()
            : base(nameof(WatchedBlock)) => RegisterComponents();

        public override Tensor forward(Tensor input) => Node.apply(fc.forward(input), Mark());
    }

    internal sealed class Node : autograd.SingleTensorFunction<Node>
    {
        public override string Name => nameof(Node);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("mark", vars[1]);
            return ((Tensor)vars[0]).tanh();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output, null!];
    }
}
