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
}
