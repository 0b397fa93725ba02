using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Trained;

/// <summary>[Trainable]: modules that are trained as a whole beside an adapter, and restoring the base model.</summary>
public sealed class TrainableTests : IDisposable
{
    private readonly NewHead _model = Make.Model(() => new NewHead());
    private readonly Tensor _input = Make.Normal(3, 5, 6);
    private readonly IReadOnlyList<string> _before;
    private readonly Tensor _output;

    public TrainableTests()
    {
        _before = ModelState.Of(_model);
        _output = _model.forward(_input).detach();
    }

    public void Dispose() => _model.Dispose();

    [Fact]
    public void It_trains_and_gets_no_matrices()
    {
        using var lora = _model.AttachLora();
        Assert.Equal(["fc", "blocks.0.inner", "blocks.1.inner"], lora.Sites.Select(site => site.Path));
        Assert.Equal((2 * 3) + (2 * 2) + 2, lora.Parameters().Count);
        Assert.Equal(["blocks.0.norm.weight", "blocks.0.norm.bias", "blocks.1.norm.weight", "blocks.1.norm.bias", "head.weight", "head.bias"], Training());

        Expect.SameBits(_output, _model.forward(_input));
        Step(lora);
        Assert.All(lora.Parameters(), parameter => Assert.NotNull(parameter.grad));
        Expect.Differ(_output, _model.forward(_input));
    }

    [Fact]
    public void It_stays_as_it_is_when_attaching_quantises_the_model()
    {
        using (var lora = _model.AttachLora(quantization: new BaseQuantization(Quantization.Int8)))
        {
            var head = _model.state_dict()["head.weight"].detach().clone();
            Expect.Close(_output, _model.forward(_input), 0.05);
            Step(lora);
            Expect.Differ(head, _model.state_dict()["head.weight"]);
        }

        var error = Assert.Throws<InvalidOperationException>(
            () => _model.AttachLora(quantization: new BaseQuantization(Quantization.Int8) { Targets = ["head"] }));
        Assert.Equal("head: the weight can't be quantised: adapter \"default\" trains it. Leave the layer out of Targets.", error.Message);
    }

    [Fact]
    public void It_counts_twice_as_the_original_and_the_copy()
    {
        using var lora = _model.AttachLora();
        var trained = (2 * 2 * 6) + (6 * 3) + 3;
        var added = 3 * 2 * (6 + 6);
        Assert.Equal(new ParameterCount(added + trained, _model.parameters().Sum(parameter => parameter.numel()) + added + trained), lora.ParameterCount);
    }

    [Fact]
    public void Inactive_the_original_is_back_and_active_what_was_trained()
    {
        using var lora = _model.AttachLora();
        Step(lora);
        var held = lora.Parameters();
        var trained = _model.forward(_input).detach();

        lora.IsActive = false;
        Expect.SameBits(_output, _model.forward(_input));
        Assert.Empty(Training());
        lora.IsActive = false;
        Expect.SameBits(_output, _model.forward(_input));

        lora.IsActive = true;
        Expect.SameBits(trained, _model.forward(_input));
        Assert.Equal(held, lora.Parameters());
        Assert.Equal(6, Training().Length);
    }

    [Fact]
    public void An_optimizers_step_while_it_is_inactive_does_not_reach_the_base_model()
    {
        using var lora = _model.AttachLora();
        var optimizer = optim.AdamW(lora.Parameters(), lr: 0.1);
        _model.forward(_input).sum().backward();
        lora.IsActive = false;
        optimizer.step();

        Expect.SameBits(_output, _model.forward(_input));
    }

    [Fact]
    public void Detached_the_model_is_as_before()
    {
        var lora = _model.AttachLora();
        Step(lora);
        lora.Detach();

        Assert.Equal(_before, ModelState.Of(_model));
        Assert.All(_model.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.Equal(6, lora.Parameters().Count);
        lora.Dispose();
        Assert.Equal(_before, ModelState.Of(_model));
    }

    [Fact]
    public void Merged_the_output_is_the_same_and_nothing_trains()
    {
        using var lora = _model.AttachLora();
        Step(lora);
        var trained = _model.forward(_input).detach();

        lora.Merge();
        Expect.Close(trained, _model.forward(_input));
        Assert.Empty(Training());

        lora.Unmerge();
        Expect.SameBits(trained, _model.forward(_input));
        Assert.Equal(6, Training().Length);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Merged_for_good_the_trained_values_stay(bool mergedBefore)
    {
        var lora = _model.AttachLora();
        Step(lora);
        var trained = _model.forward(_input).detach();
        if (mergedBefore)
            lora.Merge();

        Assert.Same(_model, lora.MergeAndUnload());
        Expect.Close(trained, _model.forward(_input));
        Assert.All(_model.parameters(), parameter => Assert.True(parameter.requires_grad));
        using var next = _model.AttachLora();
        Expect.Close(trained, _model.forward(_input));
    }

    [Fact]
    public void Two_adapters_train_one_module_in_turn()
    {
        using var first = _model.AttachLora();
        Step(first);
        var trained = _model.forward(_input).detach();
        var refused = Assert.Throws<InvalidOperationException>(() => _model.AttachSecondLora());
        Assert.Contains(
            "Adapter \"second\": head.weight holds the values that the active adapter \"default\" trains",
            refused.Message,
            StringComparison.Ordinal);
        Expect.SameBits(trained, _model.forward(_input));
        Assert.Equal(6, Training().Length);

        first.IsActive = false;
        using var second = _model.AttachSecondLora();
        Expect.SameBits(_output, _model.forward(_input));
        Step(second);
        var other = _model.forward(_input).detach();
        Assert.Throws<InvalidOperationException>(() => first.IsActive = true);
        Assert.False(first.IsActive);

        first.ActivateOnly();
        Expect.SameBits(trained, _model.forward(_input));
        second.ActivateOnly();
        Expect.SameBits(other, _model.forward(_input));

        second.Detach();
        first.IsActive = true;
        Expect.SameBits(trained, _model.forward(_input));
        first.Detach();
        Assert.Equal(_before, ModelState.Of(_model));
    }

    [Fact]
    public void An_adapter_without_trained_modules_may_be_beside()
    {
        using var first = _model.AttachLora();
        using var lone = _model.AttachLoneLora();
        Assert.Equal(2, lone.Parameters().Count);
        Assert.Equal(6, Training().Length);
        first.Detach();
        Assert.Empty(Training());
    }

    [Fact]
    public void A_model_that_was_moved_keeps_both_sets_of_values()
    {
        using var lora = _model.AttachLora();
        Step(lora);
        var trained = _model.forward(_input).detach();
        _model.to(ScalarType.Float64);
        lora.To(ScalarType.Float64);

        Expect.Close(trained.to(ScalarType.Float64), _model.forward(_input.to(ScalarType.Float64)));
        Assert.All(lora.Parameters(), parameter => Assert.True(parameter.requires_grad));
        lora.IsActive = false;
        Expect.Close(_output.to(ScalarType.Float64), _model.forward(_input.to(ScalarType.Float64)));
    }

    private void Step(Adapter lora)
    {
        var optimizer = optim.AdamW(lora.TrainedParameters(), lr: 0.05);
        for (var step = 0; step < 2; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            _model.forward(_input).pow(2).sum().backward();
            optimizer.step();
        }
    }

    private string[] Training() => [.. _model.named_parameters().Where(named => named.parameter.requires_grad).Select(named => named.name)];
}
