using LoraGen.Runtime.Tests.Memory;
using LoraGen.Runtime.Tests.Methods;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Quantized;

/// <summary>Layers with quantised weights against the same model with the restored weights as float ones.</summary>
public class QuantizedLayerTests
{
    public static TheoryData<Quantization> Formats => [Quantization.Nf4, Quantization.Fp4, Quantization.Int8, Quantization.Nf2];

    public static TheoryData<long, long> Shapes => new()
    {
        { 1, 1 }, { 3, 5 }, { 64, 1 }, { 100, 70 }, { 513, 1025 }, { 3001, 2100 },
    };

    [Theory, MemberData(nameof(Formats))]
    public void Every_kind_of_call_uses_the_restored_weights(Quantization format)
    {
        using var model = Make.Model(() => new QuantizedModel());
        var report = model.Quantize(format);
        Assert.Equal(["first", "second", "rest.third"], report.Layers.Select(layer => layer.Path));
        using var like = Restored(model);
        var input = Make.Normal(2, 4, 40);
        Expect.Close(like.forward(input), model.forward(input), 2e-6);
        Expect.Close(like.forward(input), model.call(input), 2e-6);
        using (no_grad())
            Expect.Close(like.forward(input), model.forward(input), 2e-6);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Output_and_gradients_are_those_of_the_restored_weight(long inputs, long outputs)
    {
        using var scope = NewDisposeScope();
        var weight = Make.Normal(3, outputs, inputs).mul(0.1);
        using var quantized = QuantizedWeight.Of("layer", weight, new BaseQuantization(Quantization.Nf4));
        var restored = quantized.Dequantize();
        var (x, y) = (Make.Normal(4, 2, 7, inputs).requires_grad_(true), Make.Normal(4, 2, 7, inputs).requires_grad_(true));
        var (b, c) = (Make.Normal(5, outputs).requires_grad_(true), Make.Normal(5, outputs).requires_grad_(true));

        var actual = QuantizedProduct.Of("layer", x, quantized, b);
        var expected = nn.functional.linear(y, restored, c);
        var gradient = Make.Normal(6, 2, 7, outputs);
        actual.backward([gradient]);
        expected.backward([gradient]);

        Close(expected, actual);
        Close(y.grad!, x.grad!);
        Close(c.grad!, b.grad!);
    }

    [Fact]
    public void Inputs_of_any_shape_are_taken()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        model.Quantize(Quantization.Nf4);
        var input = Make.Normal(7, 3, 2, 6);
        var whole = model.forward(input);
        Expect.Close(whole[1, 0], model.forward(input[1, 0]), 2e-6);
        Expect.Close(whole[1, 0], model.call(input[1, 0]), 2e-6);
        Assert.Equal([0, 5], model.forward(zeros(0, 6)).shape);
        Assert.Equal([2, 0, 5], model.call(zeros(2, 0, 6)).shape);
    }

    [Fact]
    public void Bfloat16_products_are_near_those_of_float32()
    {
        using var model = Make.Model(() => new QuantizedModel());
        using var half = Make.Model(() => new QuantizedModel());
        model.Quantize(Quantization.Nf4);
        half.Quantize(new BaseQuantization(Quantization.Nf4) { ComputeType = ComputeType.BFloat16 });
        var input = Make.Normal(8, 5, 40);
        var (expected, actual) = (model.forward(input), half.forward(input));
        Assert.Equal(ScalarType.Float32, actual.dtype);
        Assert.InRange((expected - actual).norm().item<float>() / expected.norm().item<float>(), 1e-5, 1e-2);
    }

    [Fact]
    public void An_input_that_does_not_fit_is_refused_with_the_path()
    {
        using var model = Make.Model(() => new QuantizedModel());
        model.Quantize(Quantization.Nf4);
        var size = Assert.Throws<ArgumentException>(() => model.forward(zeros(2, 41)));
        Assert.Equal("first: the input has the shape [2, 41], but the layer has 40 inputs, so its last size must be that.", size.Message);
        var type = Assert.Throws<ArgumentException>(() => model.forward(zeros(2, 40, dtype: ScalarType.Int64)));
        Assert.Equal("first: the input is Int64, but a quantised layer needs a floating-point input.", type.Message);
    }

    [Fact]
    public void The_weight_never_looks_valid()
    {
        using var model = Make.Model(() => new QuantizedModel());
        var elements = model.parameters().Sum(parameter => parameter.numel());
        var state = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        model.Quantize(Quantization.Nf4);

        Assert.Equal(elements, model.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal([70, 40], model.first.weight!.shape);
        Assert.True(model.first.weight.isnan().all().item<bool>());
        Assert.True(nn.functional.linear(zeros(1, 40), model.first.weight).isnan().all().item<bool>());
        using var folder = new TemporaryFolder();
        Assert.ThrowsAny<Exception>(() => model.save(Path.Combine(folder.Path, "model.dat")));
        Assert.ThrowsAny<Exception>(() => model.load_state_dict(state));
    }

    [Fact]
    public void Converting_a_model_leaves_it_quantised()
    {
        using var model = Make.Model(() => new QuantizedModel());
        model.Quantize(Quantization.Nf4);
        var input = Make.Normal(9, 3, 40);
        var before = model.forward(input);
        model.to(ScalarType.BFloat16);
        var half = model.forward(input.to(ScalarType.BFloat16));
        Assert.Equal(ScalarType.BFloat16, half.dtype);
        Expect.Close(before, half.to(ScalarType.Float32), 0.02);
        Assert.Equal(0, model.first.weight!.stride()[0]);

        model.PrepareForTraining();
        Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        Assert.All(model.parameters(), parameter => Assert.False(parameter.requires_grad));
        Expect.Close(before, model.forward(input), 0.02);
        Assert.Equal(0, model.first.weight!.stride()[0]);
    }

    [Fact]
    public void Another_weight_in_the_layer_is_noticed()
    {
        using var model = Make.Model(() => new QuantizedModel());
        model.Quantize(Quantization.Nf4);
        model.first.weight = new Parameter(Make.Normal(10, 70, 40));
        var error = Assert.Throws<InvalidOperationException>(() => model.forward(zeros(1, 40)));
        Assert.StartsWith("first: the weight is quantised, but another weight was put into the layer.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dequantising_gives_float_weights_with_their_flags()
    {
        using var model = Make.Model(() => new QuantizedModel());
        model.Quantize(Quantization.Nf4);
        var input = Make.Normal(11, 3, 40);
        var before = model.forward(input);
        model.Dequantize();
        Expect.Close(before, model.forward(input), 2e-6);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
        Assert.Empty(model.Quantize(Quantization.Nf4).Skipped);
    }

    [Fact]
    public void A_shared_weight_is_not_quantised()
    {
        using var model = Make.Model(() => new TiedModel());
        var report = model.Quantize(Quantization.Nf4);
        Assert.Equal("hidden", Assert.Single(report.Layers).Path);
        Assert.Equal("head (it is also table.weight, which reads it without calling this layer)", Assert.Single(report.Skipped).ToString());
        Assert.True(model.forward(tensor(new long[] { 1, 2 })).isfinite().all().item<bool>());

        using var other = Make.Model(() => new TiedModel());
        var before = ModelState.Of(other);
        var error = Assert.Throws<InvalidOperationException>(() => other.Quantize(new BaseQuantization(Quantization.Nf4) { Targets = ["head"] }));
        Assert.Equal(
            "head: the weight can't be quantised: it is also table.weight, which reads it without calling this layer. Leave the layer out of Targets.",
            error.Message);
        Assert.Contains("head: the weight can't be quantised", Assert.Throws<InvalidOperationException>(() => other.AttachLora()).Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(other));
    }

    [Theory]
    [InlineData(Quantization.None, 0, "QuantizedModel: Format is None: name one, usually Nf4.")]
    [InlineData(Quantization.Nf4, 48, "QuantizedModel: BaseBlockSize is 48, but it must be a power of two from 32 to 4096; leave it out.")]
    [InlineData(Quantization.Nf4, 16, "QuantizedModel: BaseBlockSize is 16, but it must be a power of two from 32 to 4096; leave it out.")]
    public void Wrong_options_are_refused(Quantization format, int size, string message)
    {
        using var model = Make.Model(() => new QuantizedModel());
        var error = Assert.Throws<ArgumentException>(() => model.Quantize(new BaseQuantization(format) { BlockSize = size }));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_matches_no_layer_is_refused()
    {
        using var model = Make.Model(() => new QuantizedModel());
        var error = Assert.Throws<InvalidOperationException>(() => model.Quantize(new BaseQuantization(Quantization.Nf4) { Targets = ["frist"] }));
        Assert.Contains("Target \"frist\" matches no Linear of the model. Nearest: first", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_steps_leave_no_tensors()
    {
        using var model = Make.Model(() => new QuantizedModel());
        using var lora = model.AttachLora();
        using var optimizer = optim.AdamW(lora.Parameters(), 1e-3);
        var (input, target) = (Make.Normal(12, 4, 40), Make.Normal(13, 4, 9));
        Assert.Equal(0, LiveTensors.LeftBy(
            () =>
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                nn.functional.mse_loss(model.forward(input), target).backward();
                optimizer.step();
            },
            times: 1000));
    }

    // What a call leaves in its scope stays in memory until the backward pass.
    [Fact]
    public void A_call_keeps_as_few_tensors_as_one_of_a_float_base()
    {
        Assert.Equal(KeptBy(null), KeptBy(new BaseQuantization(Quantization.Nf4)));

        static long KeptBy(BaseQuantization? quantization)
        {
            using var model = Make.Model(() => new QuantizedModel());
            using var lora = model.AttachLora(quantization: quantization);
            using var scope = NewDisposeScope();
            var input = Make.Normal(12, 4, 40).requires_grad_();
            var before = LiveTensors.Count();
            model.forward(input);
            return Tensor.TotalCount - before;
        }
    }

    private static QuantizedModel Restored(QuantizedModel model)
    {
        using var folder = new TemporaryFolder();
        model.SaveCheckpoint(folder.Path);
        return Checkpoint.Load(() => new QuantizedModel(), folder.Path, device: TestDevice.Device);
    }

    private static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected - actual).norm().item<float>(), 0, 1e-6f * expected.norm().item<float>());
    }
}
