using LoraGen.Runtime.Tests.Methods;

namespace LoraGen.Runtime.Tests.Training;

/// <summary>The trained parameters of an adapter of which only a base class is known.</summary>
public sealed class ParameterSourceTests
{
    [Fact]
    public void They_are_those_of_the_generated_member()
    {
        using var model = new OneLayer("Linear");
        using var lora = model.AttachLora();
        AdapterBase adapter = lora;
        Assert.Equal(lora.Parameters().Select(parameter => parameter.Handle), adapter.Parameters().Select(parameter => parameter.Handle));
    }

    [Fact]
    public void An_adapter_of_a_method_with_steps_has_none()
    {
        using var model = new OneLayer("Linear");
        using var adaLora = model.AttachAdaLora();
        AdapterBase adapter = adaLora;
        Assert.Contains(
            "have Optimizer(parameters => …)", Assert.Throws<InvalidOperationException>(() => adapter.Parameters()).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(typeof(OneLayerAdaLora).GetMembers(), member => member.Name == "Parameters");
    }

    [Fact]
    public void Named_ones_have_the_path_of_their_site()
    {
        using var model = new OneLayer("Linear");
        using var adaLora = model.AttachAdaLora();
        var site = adaLora.Sites[0];
        Assert.Equal([$"{site.Path}.A", $"{site.Path}.B", $"{site.Path}.E"], adaLora.NamedParameters().Select(named => named.Name));
        Assert.Equal(site.Parameters.Select(parameter => parameter.Handle), adaLora.NamedParameters().Select(named => named.Parameter.Handle));
    }

    [Fact]
    public void Those_of_the_base_model_have_their_name_in_its_state()
    {
        using var model = new Toy();
        using var lora = model.AttachSavedLora();
        var named = lora.NamedParameters();
        Assert.Equal(lora.Parameters().Select(parameter => parameter.Handle), named.Select(entry => entry.Parameter.Handle));
        Assert.Equal(["norm.weight", "norm.bias"], named.TakeLast(2).Select(entry => entry.Name));
    }
}
