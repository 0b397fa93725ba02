using static TorchSharp.torch;

namespace LoraGen.Layers;

/// <summary>A module with one input and one output of a known width, which has no weight of its own.</summary>
internal sealed class ModuleLayer(nn.Module<Tensor, Tensor> module, long width) : BaseLayer(module)
{
    public override LayerFacts Facts { get; } = new(LayerKind.Unknown, module.GetName(), width, width, []);

    public override Tensor? Weight => null;

    internal override bool OutputIsNew => false;

    internal override ScalarType? WeightType => Module.parameters().FirstOrDefault(parameter => is_floating_point(parameter))?.dtype;

    public override Tensor Apply(Tensor input, Tensor weight) => throw WithoutWeight();

    public override Tensor AlongOutput(Tensor vector) => vector.view(-1);

    public override Tensor AlongInput(Tensor vector) => vector.view(-1);

    public override Tensor AlongWeightOutput(Tensor vector) => throw WithoutWeight();

    public override Tensor AlongWeightInput(Tensor vector) => throw WithoutWeight();

    public override Tensor Rows(Tensor weight) => throw WithoutWeight();

    internal override Tensor Down(Tensor input, Tensor a) => throw WithoutWeight();

    internal override Tensor AddUp(Tensor output, Tensor hidden, Tensor b) => throw WithoutWeight();

    internal override Tensor Product(string path, Tensor a, Tensor b) => throw WithoutWeight();

    private NotSupportedException WithoutWeight() => new($"A {Kind} has no weight that an adapter could change.");
}
