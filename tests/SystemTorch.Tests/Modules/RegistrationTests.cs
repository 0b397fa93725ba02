using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class RegistrationTests
{
    private static readonly string[] Parameters =
    [
        "scaleReadonly", "fcReadonly.weight", "fcReadonly.bias", "blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "blocks.1.bias",
        "renamed.weight", "renamed.bias", "<AutoProp>k__BackingField.weight", "<AutoProp>k__BackingField.bias", "tied1.weight", "tied1.bias",
        "baseLin.weight", "baseLin.bias",
    ];

    private static readonly string[] Children =
        ["fcReadonly", "blocks", "renamed", "<AutoProp>k__BackingField", "tied1", "tied2", "drop", "baseLin"];

    [Fact]
    public void Fields_of_all_visibilities_and_base_classes_are_registered_and_others_are_not()
    {
        using var model = new ObservedModel();

        // The compiler chooses the place of an auto-property's field among the others, so children are compared as sets.
        Assert.Equal(Children.Order(), model.named_children().Select(child => child.name).Order());
        Assert.Equal(Parameters.Order(), model.named_parameters().Select(entry => entry.name).Order());
        Assert.Equal("scaleReadonly", model.named_parameters().First().name);
        Assert.Equal("baseLin.bias", model.named_parameters().Last().name);
        Assert.Equal(["plainTensor"], model.named_buffers().Select(entry => entry.name));
    }

    [Fact]
    public void Named_modules_lists_children_first_and_leaves_the_module_itself_out()
    {
        using var model = new ObservedModel();
        var names = model.named_modules().Select(entry => entry.name).ToList();

        Assert.Equal(Children.Append("blocks.0").Append("blocks.1").Order(), names.Order());
        Assert.Equal(["blocks.0", "blocks.1"], names[^2..]);
        Assert.DoesNotContain(model, model.modules());
        Assert.Equal(model.named_children().Select(child => child.module), model.children());
    }

    [Fact]
    public void Tied_modules_stand_once_in_named_parameters_and_twice_in_the_state_dict()
    {
        using var model = new ObservedModel();

        Assert.Equal(["tied1.weight", "tied1.bias"], model.named_parameters().Select(entry => entry.name).Where(key => key.StartsWith("tied")));
        Assert.Equal(Parameters.Append("plainTensor").Append("tied2.weight").Append("tied2.bias").Order(), model.state_dict().Keys.Order());
        Assert.Equal(["plainTensor", "tied2.weight", "tied2.bias"], model.state_dict().Keys.ToList()[^3..]);
    }

    [Fact]
    public void A_field_that_is_set_after_registration_is_not_seen_and_registering_again_does_not_help()
    {
        using var model = new ObservedModel();
        Assert.False(model.has_parameter("late.weight"));
        model.RegisterAgain();
        Assert.False(model.has_parameter("late.weight"));
    }

    [Fact]
    public void Buffers_that_are_not_persistent_are_only_found_by_name()
    {
        using var model = new ObservedModel();
        model.register_buffer("mask", ones(1), persistent: false);

        Assert.DoesNotContain(model.named_buffers(), entry => entry.name == "mask");
        Assert.False(model.state_dict().ContainsKey("mask"));
        Assert.True(model.has_buffer("mask"));
        Assert.NotNull(model.get_buffer("mask"));
    }

    [Fact]
    public void Nothing_is_registered_without_RegisterComponents_until_a_parent_does_it()
    {
        using var inner = new Unregistered();
        Assert.Empty(inner.state_dict());

        using var outer = new Outer(inner);
        Assert.Equal(["inner.fc.weight", "inner.fc.bias"], outer.state_dict().Keys);
    }

    [Fact]
    public void Lookups_follow_dotted_names()
    {
        using var model = new ObservedModel();
        Assert.Same(model.blocks[1].weight, model.get_parameter("blocks.1.weight"));
        Assert.Same(model.plainTensor, model.get_buffer("plainTensor"));
        Assert.True(model.has_parameter("blocks.1.bias"));
        Assert.False(model.has_parameter("blocks.2.bias"));
        Assert.False(model.has_parameter("blocks"));
        Assert.Null(model.get_parameter("nothing.here"));
        Assert.Null(model.get_buffer("nothing"));
    }

    [Fact]
    public void Forward_gives_the_shape_of_the_last_layer()
    {
        using var model = new ObservedModel();
        Assert.Equal([5, 2], model.call(randn(5, 3)).shape);
        Assert.Equal("ObservedModel", model.GetName());
    }

    [Fact]
    public void Wrong_registrations_are_refused()
    {
        using var model = new ObservedModel();
        using var linear = nn.Linear(2, 2);

        Assert.Equal("Sub-module tied1 is already registered.", Assert.Throws<InvalidOperationException>(() => model.register_module("tied1", linear)).Message);
        Assert.Equal("module name can't contain \".\", got: lora.B", Assert.Throws<ArgumentException>(() => model.register_module("lora.B", linear)).Message);
        Assert.Throws<ArgumentException>(() => model.add_module("", linear));
        Assert.Throws<InvalidOperationException>(() => model.register_parameter("scaleReadonly", nn.Parameter(ones(1))));
        Assert.Throws<InvalidOperationException>(() => model.register_buffer("plainTensor", ones(1)));
        Assert.Throws<ArgumentNullException>(() => model.register_buffer("none", null!));
        Assert.Throws<ArgumentNullException>(() => model.register_parameter("none", null!));
        model.register_parameter("a.dot", nn.Parameter(ones(1)));
        Assert.True(model.has_parameter("a.dot"));
    }

    [Fact]
    public void A_module_without_parameters_refuses_them()
    {
        using var dropout = nn.Dropout();
        using var linear = nn.Linear(1, 1);
        Assert.Throws<InvalidOperationException>(() => dropout.register_parameter("p", nn.Parameter(ones(1))));
        Assert.Throws<InvalidOperationException>(() => dropout.register_buffer("b", ones(1)));
        Assert.Throws<InvalidOperationException>(() => dropout.register_module("m", linear));
        dropout.register_module("identity", nn.Identity());
    }

    private sealed class Unregistered() : nn.Module<Tensor, Tensor>(nameof(Unregistered))
    {
        private readonly Linear fc = nn.Linear(2, 2);

        public override Tensor forward(Tensor input) => fc.call(input);
    }

    private sealed class Outer : nn.Module<Tensor, Tensor>
    {
        private readonly Unregistered inner;

        public Outer(Unregistered inner) : base(nameof(Outer))
        {
            this.inner = inner;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => inner.call(input);
    }
}
