using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Types;

/// <summary>The type and device of A and B.</summary>
public sealed class AdapterTypeTests
{
    [Theory]
    [InlineData(ScalarType.Float32, ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16, ScalarType.Float32)]
    [InlineData(ScalarType.Float16, ScalarType.Float32)]
    [InlineData(ScalarType.Float64, ScalarType.Float64)]
    public void By_default_it_is_at_least_float32(ScalarType model, ScalarType adapter)
    {
        using var perceptron = Make.Model(() => new Perceptron(), dtype: model);
        using var lora = perceptron.AttachLora();
        Assert.All(lora.Parameters(), parameter => Assert.Equal(adapter, parameter.dtype));
        Assert.All(lora.Parameters(), parameter => Assert.Equal(TestDevice.Device.type, parameter.device_type));
    }

    [Fact]
    public void It_can_be_set()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachLora(dtype: ScalarType.Float64));
        var input = Make.Normal(3, 5, 6);

        Assert.All(lora.Parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        var expected = Reference.Base(lora.Up, input) + Reference.Delta(lora.Up, input.to(ScalarType.Float64)).to(ScalarType.Float32);
        Expect.Close(expected, model.Up.call(input));
        Assert.Equal(ScalarType.Float32, model.forward(input).dtype);
    }

    [Theory, InlineData(ScalarType.Float64), InlineData(ScalarType.BFloat16)]
    public void Converted_it_trains_on(ScalarType type)
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachLora());
        var before = lora.Up.A.detach().to(type);
        var old = lora.Up.A;
        lora.To(type);

        Assert.True(old.IsInvalid);
        Expect.SameBits(before, lora.Up.A);
        Assert.All(lora.Parameters(), parameter => Assert.True(parameter.requires_grad && parameter.is_leaf && parameter.dtype == type));

        var input = Make.Normal(3, 20, 6);
        using var optimizer = optim.SGD(lora.Parameters(), 0.05);
        var losses = new List<float>();
        for (var step = 0; step < 20; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = model.forward(input).pow(2).mean();
            loss.backward();
            optimizer.step();
            losses.Add(loss.item<float>());
        }

        Assert.True(losses[^1] < 0.8 * losses[0], $"{losses[0]} → {losses[^1]}");
    }

    [Fact]
    public void Converted_in_a_scope_it_outlives_it()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = model.AttachLora();
        using (NewDisposeScope())
            lora.To(TestDevice.Device, ScalarType.Float64);

        Assert.All(lora.Parameters(), parameter => Assert.False(parameter.IsInvalid));
        Assert.Equal(ScalarType.Float64, lora.Up.A.dtype);
        lora.To(TestDevice.Device);
        Assert.Equal(ScalarType.Float64, lora.Up.A.dtype);
    }

    [Fact]
    public void An_adapter_on_another_device_throws()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = model.AttachLora();
        lora.To(META);

        var error = Assert.Throws<InvalidOperationException>(() => model.forward(Make.Normal(3, 5, 6)));
        Assert.StartsWith("up: the input is on", error.Message);
        Assert.Contains($"Call the adapter's To({TestDevice.Device})", error.Message);
    }
}
