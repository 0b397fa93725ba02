using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Lists of experts in a list of layers, in a model within the model: <c>model.layers.1.experts.0.up</c>.</summary>
[Lora(Rank = 1, Alpha = 1, Targets = ["layers.1.experts.*.up"])]
[Lora(Name = "inner", Rank = 1, Alpha = 1, Targets = ["experts.1.up"])]
internal sealed class NestedLists : Module<Tensor, Tensor>
{
    private readonly Body model = new();

    public NestedLists()
        : base(nameof(NestedLists)) => RegisterComponents();

    public override Tensor forward(Tensor input) => model.forward(input);

    internal sealed class Body : Module<Tensor, Tensor>
    {
        private readonly ModuleList<Layer> layers = new(new Layer(), new Layer());

        public Body()
            : base(nameof(Body)) => RegisterComponents();

        public override Tensor forward(Tensor input) => layers[1].forward(layers[0].forward(input));
    }

    internal sealed class Layer : Module<Tensor, Tensor>
    {
        private readonly ModuleList<Up> experts = new(new Up(), new Up());

        public Layer()
            : base(nameof(Layer)) => RegisterComponents();

        public override Tensor forward(Tensor input) => experts[0].forward(input) + experts[1].forward(input);
    }

    internal sealed class Up : Module<Tensor, Tensor>
    {
        private readonly Linear up = Linear(4, 4);

        public Up()
            : base(nameof(Up)) => RegisterComponents();

        public override Tensor forward(Tensor input) => up.forward(input).tanh();
    }
}
