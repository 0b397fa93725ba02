using TorchSharp.Modules;

namespace LoraGen.Torch.Tests.Modules;

/// <summary>What a module says that it holds.</summary>
public sealed class RegistryTests
{
    [Semantics(
        "Module.RegisterComponents", "Module.named_parameters", "Module.named_children", "Module.named_modules", "Module.named_buffers",
        "Module.parameters", "Module.buffers", "Module.state_dict", "Module.GetName", "Module.to", "ModuleList.Add", "ModuleList.GetEnumerator")]
    [Fact]
    public void Components_are_the_fields_in_order()
    {
        using var model = new Model();
        Assert.Equal("Model", model.GetName());
        Assert.Equal(["first", "rest"], model.named_children().Select(child => child.name));
        Assert.Equal(["first", "rest", "rest.0", "rest.1"], model.named_modules().Select(inner => inner.name));
        Assert.Equal(["own"], model.named_parameters(false).Select(named => named.name));
        Assert.Equal(["own", "first.weight", "rest.0.weight", "rest.1.weight"], model.named_parameters().Select(named => named.name));
        Assert.Equal(["table"], model.named_buffers(false).Select(named => named.name));
        Assert.Equal((4, 1), (model.parameters().Count(), model.buffers().Count()));
        Assert.Equal(["own", "first.weight", "rest.0.weight", "rest.1.weight", "table"], model.state_dict().Keys);
        Assert.Equal([2L, 3], model.Widths());
    }

    [Fact]
    public void State_dict_holds_the_parameters_themselves()
    {
        using var model = new Model();
        using var noGrad = no_grad();
        model.state_dict()["first.weight"].mul_(0);
        Assert.All(Numbers.Of(model.First.weight).Values, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Training_and_type_reach_everything_below()
    {
        using var model = new Model();
        model.eval();
        Assert.False(model.training || model.First.training);
        model.train();
        Assert.True(model.training && model.First.training);

        var moved = model.to(CPU).to(ScalarType.Float64);
        Assert.Same(model, moved);
        Assert.All(model.parameters().Select(parameter => parameter.dtype), type => Assert.Equal(ScalarType.Float64, type));
        Assert.All(model.buffers().Select(buffer => buffer.dtype), type => Assert.Equal(ScalarType.Float64, type));
    }

    [Semantics("nn.Sequential", "Module.modules")]
    [Fact]
    public void A_sequential_calls_its_modules_in_order()
    {
        using var model = new Model();
        using var both = nn.Sequential(model, nn.Linear(2, 1));
        var input = Numbers.Some(1, 3, 2).ToTensor(ScalarType.Float32);

        var last = both.children().Last();
        ExpectNumbers.Same(Numbers.Of(((Linear)last).forward(model.forward(input))), both.call(input));
        Assert.Equal(both.named_modules().Select(named => named.module), both.modules());
        Assert.Contains(model.First, both.modules());
    }

    private sealed class Model : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter own = new(ones(1));
        private readonly Tensor table = ones(3);
        private readonly Linear first = nn.Linear(2, 2, hasBias: false);
        private readonly ModuleList<Linear> rest = new();

        public Model()
            : base(nameof(Model))
        {
            rest.Add(nn.Linear(2, 2, hasBias: false));
            rest.Add(nn.Linear(2, 3, hasBias: false));
            RegisterComponents();
        }

        public Linear First => first;

        public IEnumerable<long> Widths()
        {
            foreach (var layer in rest)
                yield return layer.out_features;
        }

        public override Tensor forward(Tensor input) => first.call(input) + own + table[0];
    }
}
