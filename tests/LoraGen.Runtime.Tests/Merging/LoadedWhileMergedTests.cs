using TorchSharp;
using static TorchSharp.torch;

#pragma warning disable LORA5006 // What the rule is about.
namespace LoraGen.Runtime.Tests.Merging;

/// <summary>Something is loaded into the model behind the back of an adapter that has stored its original values.</summary>
public sealed class LoadedWhileMergedTests
{
    private readonly Tensor _input = Make.Normal(3, 5, 6);

    [Fact]
    public void Unmerging_and_detaching_throw_and_keep_both()
    {
        using var model = Make.Model(() => new Perceptron());
        using var other = Make.Model(() => new Perceptron(), seed: 2);
        using var lora = Make.Trained(model.AttachLora());
        var original = model.Up.weight.clone();
        lora.Merge();
        var merged = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        model.load_state_dict(other.state_dict());

        var error = Assert.Throws<InvalidOperationException>(lora.Unmerge);
        Assert.Contains(": the weight is not the one that Merge wrote", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(lora.Detach);
        Assert.Throws<InvalidOperationException>(() => lora.MergeAndUnload());
        Expect.SameBits(other.Up.weight, model.Up.weight);
        Assert.True(lora.IsMerged);

        model.load_state_dict(merged);
        lora.Unmerge();
        Expect.SameBits(original, model.Up.weight);
    }

    [Fact]
    public void Disposing_keeps_what_was_loaded()
    {
        using var model = Make.Model(() => new Perceptron());
        using var other = Make.Model(() => new Perceptron(), seed: 2);
        var lora = Make.Trained(model.AttachLora());
        lora.Merge();
        model.load_state_dict(other.state_dict());

        lora.Dispose();

        Expect.SameBits(other.call(_input), model.call(_input));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
        using var again = Make.Trained(model.AttachLora());
        Assert.False(again.IsMerged);
    }

    /// <summary>An optimizer makes a step while the adapter is merged: what was written can't be computed again, but the originals are there.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public void The_original_is_restored_after_the_adapters_parameters_changed(bool disposes)
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachLora());
        var original = model.Up.weight.clone();
        lora.Merge();
        using (no_grad())
        {
            foreach (var parameter in lora.Parameters())
                parameter.add_(0.5);
        }

        if (disposes)
            lora.Dispose();
        else
            lora.Unmerge();
        Expect.SameBits(original, model.Up.weight);
    }

    [Theory, InlineData(ScalarType.Float64), InlineData(ScalarType.BFloat16), InlineData(ScalarType.Float16)]
    public void A_conversion_is_no_change(ScalarType dtype)
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachLora());
        var original = model.Up.weight.clone();
        lora.Merge();
        model.to(dtype);

        lora.Unmerge();

        Expect.SameBits(original.to(dtype), model.Up.weight);
    }

    [Theory, InlineData(ScalarType.BFloat16), InlineData(ScalarType.Float16)]
    public void A_conversion_and_back_is_no_change(ScalarType dtype)
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachLora());
        var original = model.Up.weight.clone();
        lora.Merge();
        model.to(dtype);
        model.to(ScalarType.Float32);

        lora.Unmerge();

        Expect.SameBits(original, model.Up.weight);
    }

    [Fact]
    public void What_is_loaded_beside_a_trained_part_is_no_mixture()
    {
        using var model = Make.Model(() => new NewHead());
        using var other = Make.Model(() => new NewHead(), seed: 2);
        var lora = Make.Trained(model.AttachLora());
        model.load_state_dict(other.state_dict());

        Assert.Contains("trained ", Assert.Throws<InvalidOperationException>(lora.Detach).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => lora.IsActive = false);
        Expect.SameBits(other.state_dict()["head.weight"], model.state_dict()["head.weight"]);

        lora.Dispose();
        Expect.SameBits(other.call(_input), model.call(_input));
    }

    [Fact]
    public void Training_merging_and_loading_while_inactive_are_no_change()
    {
        using var model = Make.Model(() => new NewHead());
        using var other = Make.Model(() => new NewHead(), seed: 2);
        using var lora = Make.Trained(model.AttachLora());
        Make.Trained(model.AttachLoneLora()).MergeAndUnload();
        lora.IsActive = false;
        model.load_state_dict(other.state_dict());
        lora.IsActive = true;
        model.to(ScalarType.BFloat16);

        lora.Detach();

        Expect.SameBits(other.state_dict()["head.weight"].bfloat16(), model.state_dict()["head.weight"]);
    }
}
