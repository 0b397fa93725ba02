using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class ReplacementTests
{
    [Fact]
    public void Assigning_a_field_leaves_the_old_module_in_the_registry()
    {
        using var net = new Net();
        var old = net.fc;
        net.fc = nn.Linear(2, 2);

        Assert.Same(old, net.children().First());
        Assert.Same(old.weight, net.state_dict()["fc.weight"]);
        net.RegisterAgain();
        Assert.Same(old, net.children().First());
    }

    [Fact]
    public void Registering_null_removes_and_a_new_one_then_goes_to_the_end()
    {
        using var net = new Net();
        var old = net.fc;
        net.register_module("fc", null!);
        Assert.Equal(["tail.weight", "tail.bias"], net.state_dict().Keys);

        var replacement = nn.Linear(2, 2);
        net.register_module("fc", replacement);
        Assert.Equal(["tail.weight", "tail.bias", "fc.weight", "fc.bias"], net.state_dict().Keys);
        Assert.Same(replacement, net.children().Last());
        Assert.False(old.weight.IsInvalid);
        Assert.Equal([1, 2], old.call(ones(1, 2)).shape);
        Assert.Same(old, net.fc);
    }

    [Fact]
    public void A_subclass_can_replace_in_place_through_the_registry()
    {
        using var net = new Net();
        var replacement = nn.Linear(2, 2);
        net.Replace("fc", replacement);

        Assert.Equal(["fc.weight", "fc.bias", "tail.weight", "tail.bias"], net.state_dict().Keys);
        Assert.Same(replacement, net.children().First());
        Assert.NotSame(replacement, net.fc);
    }

    [Fact]
    public void Setting_a_linear_weight_disposes_the_old_one_and_registers_the_new()
    {
        using var linear = nn.Linear(2, 3);
        var old = linear.weight;
        Parameter replacement;
        using (NewDisposeScope())
        {
            replacement = nn.Parameter(ones(3, 2));
            linear.weight = replacement;
        }

        Assert.True(old.IsInvalid);
        Assert.False(replacement.IsInvalid);
        Assert.Same(replacement, linear.get_parameter("weight"));
        Assert.Equal(["weight", "bias"], linear.state_dict().Keys);
    }

    [Fact]
    public void Setting_a_linear_bias_to_null_removes_it()
    {
        using var linear = nn.Linear(2, 2);
        var old = linear.bias!;
        linear.bias = null;
        Assert.True(old.IsInvalid);
        Assert.Equal(["weight"], linear.state_dict().Keys);
    }

    [Fact]
    public void Registering_in_a_sequential_has_no_effect()
    {
        var a = nn.Linear(2, 2);
        using var sequential = nn.Sequential(("a", a), ("b", nn.Linear(2, 2)));
        using var other = nn.Linear(2, 2);
        sequential.register_module("a", other);

        Assert.Equal(4, sequential.named_parameters().Count());
        Assert.Equal(["a", "b"], sequential.named_children().Select(child => child.name));
        Assert.Same(a, sequential.children().First());
    }

    [Fact]
    public void A_linear_takes_children_and_parameters_that_do_not_follow_to()
    {
        using var linear = nn.Linear(2, 2, hasBias: false);
        var child = nn.Linear(2, 1, hasBias: false);
        var added = nn.Parameter(ones(1));
        linear.register_module("lora_A", child);
        linear.register_parameter("lora_B", added);
        Assert.Equal(["weight", "lora_B", "lora_A.weight"], linear.named_parameters().Select(entry => entry.name));

        linear.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, linear.weight.dtype);
        Assert.Equal(ScalarType.Float32, added.dtype);
        Assert.Equal(ScalarType.Float32, child.weight.dtype);

        linear.Dispose();
        Assert.True(linear.weight.IsInvalid);
        Assert.False(added.IsInvalid);
    }

    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        public Linear fc = nn.Linear(2, 2);
        public Linear tail = nn.Linear(2, 2);

        public Net() : base(nameof(Net)) => RegisterComponents();

        public override Tensor forward(Tensor input) => tail.call(fc.call(input));

        public void RegisterAgain() => RegisterComponents();

        public void Replace(string name, nn.Module module) => _internal_submodules[name] = module;
    }
}
