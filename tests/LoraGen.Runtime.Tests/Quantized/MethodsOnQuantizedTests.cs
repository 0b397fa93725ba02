using LoraGen.Runtime.Tests.Matrix;
using LoraGen.Runtime.Tests.Methods;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Quantized;

/// <summary>Every method on a Linear with a quantised weight, against the same adapter on the restored float weight.</summary>
public class MethodsOnQuantizedTests
{
    private static readonly string[] Refused = ["PiSSA", "OLoRA", "GLoRA", "Freeze", "full fine-tuning", "trainable tokens"];

    public static TheoryData<string> Adapting => [.. MethodRow.All.Select(row => row.Label).Except(Refused)];

    public static TheoryData<string> Refusing => [.. Refused];

    [Theory, MemberData(nameof(Adapting))]
    public void The_adapter_computes_as_on_the_restored_weight(string method)
    {
        var row = MethodRow.All.Single(row => row.Label == method);
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var like = Make.Model(() => new OneLayer("Linear"));
        model.Quantize(Quantization.Nf4);
        like.Quantize(Quantization.Nf4);
        like.Dequantize();
        using var adapter = row.Attach(model, "default");
        using var other = row.Attach(like, "default");
        Share(adapter, other);
        var (x, y) = (OneLayer.Input("Linear").requires_grad_(true), OneLayer.Input("Linear").requires_grad_(true));

        var (actual, expected) = (model.forward(x), like.forward(y));
        Expect.Close(expected, actual, 2e-6);
        actual.pow(2).sum().backward();
        expected.pow(2).sum().backward();
        Expect.Close(y.grad!, x.grad!, 1e-4);
        Assert.All(
            adapter.TrainedParameters().Zip(other.TrainedParameters()),
            pair => Expect.Close(pair.Second.grad!, pair.First.grad!, 1e-4));
    }

    [Theory, MemberData(nameof(Adapting))]
    public void Merging_and_unmerging_restore_the_quantised_bits(string method)
    {
        var row = MethodRow.All.Single(row => row.Label == method);
        using var model = Make.Model(() => new OneLayer("Linear"));
        model.Quantize(Quantization.Nf4);
        var input = OneLayer.Input("Linear");
        var before = model.forward(input).detach();
        using var adapter = row.Attach(model, "default");
        Shake(adapter);
        var active = model.forward(input).detach();
        if (adapter is Adapter mergeable)
        {
            mergeable.Merge();
            Expect.Close(active, model.forward(input), 2e-5);
            mergeable.Unmerge();
        }

        Expect.SameBits(active, model.forward(input).detach());
        adapter.Detach();
        Expect.SameBits(before, model.forward(input).detach());
    }

    [Theory, MemberData(nameof(Refusing))]
    public void A_method_that_needs_the_float_weight_refuses(string method)
    {
        var row = MethodRow.All.Single(row => row.Label == method);
        using var model = Make.Model(() => new OneLayer("Linear"));
        model.Quantize(Quantization.Nf4);
        var error = Assert.ThrowsAny<Exception>(() => row.Attach(model, "default").Dispose());
        Assert.Contains("quantised", error.Message, StringComparison.Ordinal);
        Assert.Contains("Dequantize()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_adapters_are_merged_and_unmerged_in_any_order()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        model.Quantize(Quantization.Nf4);
        var input = OneLayer.Input("Linear");
        var before = model.forward(input).detach();
        using var one = Make.Trained(model.AttachLora());
        using var two = Make.Trained(model.AttachDora("dora"), seed: 9);
        var both = model.forward(input).detach();
        one.Merge();
        two.Merge();
        Expect.Close(both, model.forward(input), 2e-5);
        two.Unmerge();
        one.Unmerge();
        Expect.SameBits(both, model.forward(input).detach());
        one.Merge();
        one.Detach();
        two.Detach();
        Expect.SameBits(before, model.forward(input).detach());
    }

    [Fact]
    public void Merged_for_good_the_layer_is_float()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        model.Quantize(Quantization.Nf4);
        var input = OneLayer.Input("Linear");
        using var lora = Make.Trained(model.AttachLora());
        var active = model.forward(input).detach();
        lora.MergeAndUnload();
        Expect.Close(active, model.forward(input), 2e-5);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.isfinite().all().item<bool>()));
    }

    [Fact]
    public void Merged_and_quantised_again_the_error_is_reported()
    {
        using var model = Make.Model(() => new QuantizedModel());
        using var lora = Make.Trained(model.AttachLora());
        using var like = Make.Model(() => new QuantizedModel());
        using var other = Make.Trained(like.AttachLora());
        other.MergeAndUnload();

        var report = lora.MergeAndRequantize();
        Assert.All(report.Layers, layer => Assert.InRange(layer.RelativeError, 0.05, 0.15));
        var expected = like.Quantize(new BaseQuantization(Quantization.Nf4) { Exclude = [] });
        Assert.Equal(4, report.Layers.Count);
        Assert.Equal(expected.Layers.OrderBy(layer => layer.Path), report.Layers.OrderBy(layer => layer.Path));
        var input = Make.Normal(3, 4, 40);
        Expect.SameBits(like.forward(input).detach(), model.forward(input).detach());
    }

    [Fact]
    public void An_adapter_without_a_quantised_layer_is_not_requantised()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var lora = model.AttachLora();
        var error = Assert.Throws<InvalidOperationException>(() => lora.MergeAndRequantize());
        Assert.Equal("Adapter \"default\" has no layer with a quantised weight. Call MergeAndUnload().", error.Message);
    }

    [Fact]
    public void An_adapter_that_trains_the_weights_keeps_them_from_being_quantised()
    {
        using var model = Make.Model(() => new QuantizedModel());
        using var adapter = model.AttachFullFineTuning();
        var report = model.Quantize(Quantization.Nf4);
        Assert.Empty(report.Layers);
        Assert.All(report.Skipped, layer => Assert.Equal("adapter \"default\" trains it", layer.Reason));
    }

    [Fact]
    public void A_model_with_adapters_can_be_quantised()
    {
        using var model = Make.Model(() => new QuantizedModel());
        using var lora = Make.Trained(model.AttachPlainLora());
        var input = Make.Normal(4, 3, 40);
        var before = model.forward(input).detach();
        model.Quantize(Quantization.Int8);
        Expect.Close(before, model.forward(input), 0.1);
        lora.Detach();
        Assert.True(model.lm_head.weight!.requires_grad);
        model.Dequantize();
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    private static void Share(AdapterBase one, AdapterBase other)
    {
        using var noGrad = no_grad();
        Shake(one);
        foreach (var (from, to) in one.Sites.Zip(other.Sites).SelectMany(pair => pair.First.Own.All.Zip(pair.Second.Own.All)))
            to.copy_(from);
        foreach (var (from, to) in one.TrainedParameters().Zip(other.TrainedParameters()))
            to.copy_(from);
    }

    private static void Shake(AdapterBase adapter)
    {
        using var noGrad = no_grad();
        var seed = 5;
        foreach (var parameter in adapter.TrainedParameters())
            parameter.add_(Make.Normal(seed++, parameter.shape).mul(0.2).to(parameter.dtype));
    }
}
