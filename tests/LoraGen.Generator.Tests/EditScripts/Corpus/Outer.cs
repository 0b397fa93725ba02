using Dense = TorchSharp.Modules.Linear;
using Pair = (TorchSharp.torch.Tensor Output, TorchSharp.torch.Tensor State);

namespace Acme;

public static class Outer
{
    public sealed class Inner : Module<Tensor, Tensor, Pair>
    {
        private readonly Dense input = Linear(8, 8);
        private readonly Dense gate = Linear(8, 8);
        private readonly Hidden hidden = new();

        public Inner() : base("Inner") => RegisterComponents();

        public override Pair forward(Tensor x, Tensor state)
        {
            Tensor Mix(Tensor value) => sigmoid(gate.forward(value)) * value;
            state = hidden.forward(Mix(state) + input.forward(x));
            return (state, state);
        }
    }

    private sealed class Hidden : Module<Tensor, Tensor>
    {
        private readonly Dense recurrent = Linear(8, 8);

        public Hidden() : base("Hidden") => RegisterComponents();

        public override Tensor forward(Tensor x) => tanh(recurrent.forward(x));
    }
}
