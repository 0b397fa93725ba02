using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Every bias is trained, and two modules as a whole.</summary>
[Lora(Rank = 2, Targets = ["fc"], Bias = LoraBias.All)]
internal sealed class BiasedHead : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(6, 6);

    [Trainable]
    private readonly Inner deep = new();

    [Trainable]
    private readonly Linear head = Linear(6, 3);

    public BiasedHead()
        : base(nameof(BiasedHead)) => RegisterComponents();

    public Linear Head => head;

    public override Tensor forward(Tensor input) => head.forward(deep.forward(fc.forward(input)));

    internal sealed class Inner : Module<Tensor, Tensor>
    {
        private readonly Linear inner = Linear(6, 6);

        public Inner()
            : base(nameof(Inner)) => RegisterComponents();

        public override Tensor forward(Tensor input) => inner.forward(input).tanh();
    }
}
