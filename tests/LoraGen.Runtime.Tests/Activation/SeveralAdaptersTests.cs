using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Activation;

/// <summary>Several named adapters on one model, on and off.</summary>
public sealed class SeveralAdaptersTests
{
    private readonly Perceptron _model = Make.Model(() => new Perceptron());
    private readonly Tensor _input = Make.Normal(3, 5, 6);
    private readonly Tensor _base;

    public SeveralAdaptersTests() => _base = _model.forward(_input);

    [Fact]
    public void Their_contributions_add_up()
    {
        using var first = Make.Trained(_model.AttachLora());
        using var second = Make.Trained(_model.AttachUpLora(), seed: 50);

        var hidden = (Reference.Output(first.Up, _input) + Reference.Delta(second.Up, _input)).tanh();
        var expected = Reference.Output(first.Down, hidden);
        Expect.Close(expected, _model.forward(_input));
        using (no_grad())
            Expect.Close(expected, _model.forward(_input));
    }

    [Fact]
    public void One_alone_is_as_if_the_other_was_not_there()
    {
        using var first = Make.Trained(_model.AttachLora());
        var alone = _model.forward(_input);
        using var second = Make.Trained(_model.AttachUpLora(), seed: 50);
        Expect.Differ(alone, _model.forward(_input));

        second.IsActive = false;
        Expect.SameBits(alone, _model.forward(_input));
        first.IsActive = false;
        Expect.SameBits(_base, _model.forward(_input));
        first.IsActive = true;
        Expect.SameBits(alone, _model.forward(_input));
        second.IsActive = true;
        second.Detach();
        Expect.SameBits(alone, _model.forward(_input));
    }

    [Fact]
    public void Only_one_is_active_after_ActivateOnly()
    {
        using var first = Make.Trained(_model.AttachLora());
        var alone = _model.forward(_input);
        using var second = Make.Trained(_model.AttachUpLora(), seed: 50);
        using var third = Make.Trained(_model.AttachStabilizedLora(), seed: 80);
        third.IsActive = false;
        first.IsActive = false;

        first.ActivateOnly();
        Assert.Equal((true, false, false), (first.IsActive, second.IsActive, third.IsActive));
        Expect.SameBits(alone, _model.forward(_input));
        third.ActivateOnly();
        Assert.Equal((false, false, true), (first.IsActive, second.IsActive, third.IsActive));
    }

    [Fact]
    public void One_type_can_be_attached_twice_under_two_names()
    {
        using var first = _model.AttachLora();
        using var second = Make.Trained(_model.AttachLora("second"));

        Assert.Equal(("default", "second"), (first.Name, second.Name));
        Expect.Close(Reference.Output(second.Down, Reference.Output(second.Up, _input).tanh()), _model.forward(_input));
    }

    [Fact]
    public void ActivateOnly_is_refused_whole_while_one_is_merged()
    {
        using var first = Make.Trained(_model.AttachLora());
        using var second = Make.Trained(_model.AttachUpLora(), seed: 50);
        using var third = Make.Trained(_model.AttachStabilizedLora(), seed: 80);
        second.Merge();

        var error = Assert.Throws<InvalidOperationException>(third.ActivateOnly);
        Assert.Contains("Adapter \"up\" is merged", error.Message);
        Assert.Throws<InvalidOperationException>(second.ActivateOnly);
        Assert.True(first.IsActive && second.IsActive && third.IsActive);
    }

    [Fact]
    public void Detached_or_disposed_it_can_not_be_activated()
    {
        var lora = _model.AttachLora();
        lora.Detach();
        Assert.Contains("is detached", Assert.Throws<InvalidOperationException>(lora.ActivateOnly).Message);
        lora.Dispose();
        Assert.Contains("is disposed", Assert.Throws<ObjectDisposedException>(lora.ActivateOnly).Message);
    }

    [Fact]
    public void The_same_name_is_refused_until_it_is_free()
    {
        var before = ModelState.Of(_model);
        var first = _model.AttachLora();
        var error = Assert.Throws<InvalidOperationException>(() => _model.AttachUpLora(first.Name));
        Assert.Equal(
            "An adapter named \"default\" is already attached to this Perceptron. Detach it first, or attach this one under another name.", error.Message);
        Assert.All(_model.parameters(), parameter => Assert.False(parameter.requires_grad));

        first.Detach();
        Assert.Equal(before, ModelState.Of(_model));
        using var again = _model.AttachLora();
        using var other = Make.Model(() => new Perceptron());
        using var elsewhere = other.AttachLora();
        Assert.Same(other, elsewhere.BaseModel);
    }
}
