using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Reparametrized;

/// <summary>Contributions set into the weight for the time of a call.</summary>
public sealed class ReparametrizationTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void It_adds_what_a_hook_would_and_leaves_the_weights(bool byCall)
    {
        using var model = Make.Model(() => new DirectWeights());
        var before = ModelState.Of(model);
        var input = Make.Normal(3, 5, 6);
        var plain = model.forward(input);

        using var lora = model.AttachLora();
        Expect.SameBits(plain, model.forward(input));
        Make.Trained(lora);
        var hidden = Reference.Output(lora.Up, input).tanh();
        Expect.Close(Reference.Output(lora.Down, hidden), byCall ? model.call(input) : model.forward(input));

        lora.IsActive = false;
        Expect.SameBits(plain, model.forward(input));
        lora.Detach();
        Assert.Equal(before, ModelState.Of(model));
        Expect.SameBits(plain, model.forward(input));
    }

    [Fact]
    public void Gradients_reach_A_and_B_as_by_the_formula()
    {
        using var model = Make.Model(() => new DirectWeights());
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 5, 6);
        model.forward(input).pow(2).mean().backward();
        var gradients = lora.Parameters().Select(parameter => parameter.grad!.clone()).ToArray();
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));

        foreach (var parameter in lora.Parameters())
            parameter.grad = null;
        Reference.Output(lora.Down, Reference.Output(lora.Up, input).tanh()).pow(2).mean().backward();
        Assert.All(lora.Parameters().Zip(gradients), pair => Expect.Close(pair.First.grad!, pair.Second));
    }

    [Fact]
    public void Two_of_one_layer_add_up()
    {
        using var model = Make.Model(() => new DirectWeights());
        var before = ModelState.Of(model);
        using var first = Make.Trained(model.AttachLora(), seed: 7);
        using var second = Make.Trained(model.AttachLora(name: "second"), seed: 70);
        var input = Make.Normal(3, 5, 6);

        var hidden = (Reference.Output(first.Up, input) + Reference.Delta(second.Up, input)).tanh();
        var expected = Reference.Output(first.Down, hidden) + Reference.Delta(second.Down, hidden);
        var output = model.call(input);
        Expect.Close(expected, output);
        output.sum().backward();
        Assert.All(first.Parameters().Concat(second.Parameters()), parameter => Assert.NotNull(parameter.grad));

        first.Dispose();
        second.Dispose();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void A_call_that_fails_leaves_nothing_behind()
    {
        using var model = Make.Model(() => new DirectWeights());
        var before = ModelState.Of(model);
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 5, 6);
        var adapted = model.call(input);

        model.Fails = true;
        Assert.Throws<InvalidOperationException>(() => model.call(input));
        model.Fails = false;
        Expect.SameBits(adapted, model.call(input));

        model.Fails = true;
        Assert.Throws<InvalidOperationException>(() => model.forward(input));
        lora.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void After_a_call_that_threw_the_models_own_weights_are_back()
    {
        using var model = Make.Model(() => new DirectWeights());
        var before = ModelState.BitsOf(model);
        var input = Make.Normal(3, 5, 6);
        var plain = model.call(input);
        using var lora = Make.Trained(model.AttachLora());
        var adapted = model.call(input);

        Interrupt();
        lora.IsActive = false;
        Expect.SameBits(plain, model.call(input));
        lora.IsActive = true;

        Interrupt();
        lora.Merge();
        Expect.Close(adapted, model.call(input));
        lora.Unmerge();
        Assert.Equal(before, ModelState.BitsOf(model));

        using (var other = Make.Trained(model.AttachLora(name: "other"), seed: 40))
        {
            other.Merge();
            Interrupt();
            other.Unmerge();
        }

        Expect.SameBits(adapted, model.call(input));
        Assert.Equal(before, ModelState.BitsOf(model));

        Interrupt();
        Expect.Close(adapted, lora.MergeAndUnload().call(input));

        void Interrupt()
        {
            model.Fails = true;
            Assert.Throws<InvalidOperationException>(() => model.call(input));
            model.Fails = false;
        }
    }

    [Fact]
    public void A_checkpoint_loaded_after_a_call_that_threw_is_the_models()
    {
        using var model = Make.Model(() => new DirectWeights());
        using var other = Make.Model(() => new DirectWeights(), seed: 2);
        var folder = Directory.CreateTempSubdirectory("loragen-").FullName;
        var file = Path.Combine(folder, "model.safetensors");
        SafetensorsWriter.Write(file, other.state_dict());
        var input = Make.Normal(3, 5, 6);
        using var lora = Make.Trained(model.AttachLora());

        model.Fails = true;
        Assert.Throws<InvalidOperationException>(() => model.call(input));
        model.Fails = false;
        model.LoadCheckpoint(file);
        Directory.Delete(folder, recursive: true);
        model.call(input);
        Assert.Equal(ModelState.BitsOf(other), ModelState.BitsOf(model));
    }

    [Fact]
    public void Of_a_model_that_is_disposed_after_a_call_that_threw_it_is_disposed_too()
    {
        var model = Make.Model(() => new DirectWeights());
        var lora = model.AttachLora();
        model.Fails = true;
        Assert.Throws<InvalidOperationException>(() => model.call(Make.Normal(3, 5, 6)));
        model.Dispose();
        lora.Dispose();
        Assert.False(lora.IsAttached);
    }

    [Fact]
    public void Without_it_the_first_call_throws()
    {
        using var model = Make.Model(() => new DirectWeights());
        using var hooked = model.AttachHookedLora();

        var error = Assert.Throws<InvalidOperationException>(() => model.forward(Make.Normal(3, 5, 6)));
        Assert.Contains("2 of its 2 sites: up, down", error.Message, StringComparison.Ordinal);
        Assert.Contains("Reparametrize = true", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void An_unreached_adapter_beside_it_leaves_no_weight_set(bool byCall)
    {
        using var model = Make.Model(() => new DirectWeights());
        var before = ModelState.BitsOf(model);
        using var hooked = model.AttachHookedLora();
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 5, 6);

        Assert.Throws<InvalidOperationException>(() => byCall ? model.call(input) : model.forward(input));
        Assert.Equal(before, ModelState.BitsOf(model));
    }

    [Fact]
    public void Dropout_is_refused()
    {
        using var model = Make.Model(() => new DirectWeights());
        var error = Assert.Throws<ArgumentException>(() => model.AttachDroppedLora());
        Assert.StartsWith("up: Dropout is 0.1, but with Reparametrize", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_on_several_threads_wait_for_each_other()
    {
        using var model = Make.Model(() => new DirectWeights());
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 5, 6);
        var expected = model.call(input).detach();
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 4 }, round =>
        {
            using var noGrad = no_grad();
            using var output = round % 2 == 0 ? model.call(input) : model.forward(input);
            Expect.SameBits(expected, output);
        });
    }
}
