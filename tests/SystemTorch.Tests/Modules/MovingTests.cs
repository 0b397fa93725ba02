using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class MovingTests
{
    [Fact]
    public void To_replaces_and_disposes_parameters_and_buffers_and_sets_their_fields()
    {
        using var model = new ObservedModel();
        var weight = model.fcReadonly.weight;
        var scale = model.scaleReadonly;
        Assert.Same(model, model.to(ScalarType.Float64));

        Assert.True(weight.IsInvalid);
        Assert.True(scale.IsInvalid);
        Assert.Equal(ScalarType.Float64, model.fcReadonly.weight.dtype);
        Assert.Equal(ScalarType.Float64, model.scaleReadonly.dtype);
        Assert.Equal(ScalarType.Float64, model.plainTensor.dtype);
        Assert.All(model.state_dict().Values, value => Assert.Equal(ScalarType.Float64, value.dtype));
        Assert.Same(model.scaleReadonly, model.get_parameter("scaleReadonly"));
        Assert.True(model.scaleReadonly.requires_grad && model.scaleReadonly.is_leaf);
        Assert.Equal([1, 2], model.call(ones(1, 3, dtype: ScalarType.Float64)).shape);
    }

    [Fact]
    public void An_optimizer_made_before_holds_dead_parameters()
    {
        using var model = new ObservedModel();
        var parameters = model.parameters().ToList();
        using var optimizer = optim.AdamW(parameters);
        model.to(ScalarType.Float64);
        Assert.True(parameters[0].IsInvalid);
        Assert.ThrowsAny<Exception>(() => optimizer.step());
    }

    [Fact]
    public void Gradients_and_flags_go_with_the_parameters()
    {
        using var linear = nn.Linear(2, 1);
        linear.bias!.requires_grad = false;
        linear.call(ones(1, 2)).sum().backward();
        linear.@double();

        Assert.Equal(ScalarType.Float64, linear.weight.grad!.dtype);
        linear.weight.grad!.Floats().Near(1, 1);
        Assert.False(linear.bias!.requires_grad);
        Assert.Equal(["weight", "bias"], linear.state_dict().Keys);
    }

    [Fact]
    public void To_without_a_change_keeps_the_parameters()
    {
        using var model = new ObservedModel();
        var weight = model.fcReadonly.weight;
        var scale = model.scaleReadonly;
        model.to(ScalarType.Float32).to(CPU).cpu().to("cpu").to(ones(1));
        Assert.Same(weight, model.fcReadonly.weight);
        Assert.Same(scale, model.scaleReadonly);
        Assert.False(weight.IsInvalid);
    }

    [Fact]
    public void Buffers_of_whole_numbers_keep_their_type()
    {
        using var linear = new WithCounts();
        linear.half();
        Assert.Equal(ScalarType.Int64, linear.counts.dtype);
        Assert.Equal(ScalarType.Float16, linear.scale.dtype);
        linear.bfloat16();
        Assert.Equal(ScalarType.BFloat16, linear.scale.dtype);
        linear.@float();
        Assert.Equal(ScalarType.Float32, linear.scale.dtype);
    }

    [Fact]
    public void To_takes_floating_types_only()
    {
        using var model = new ObservedModel();
        Assert.Throws<ArgumentException>(() => model.to(ScalarType.Int32));
        Assert.Throws<ArgumentException>(() => model.to(CPU, ScalarType.Bool));
    }

    [Fact]
    public void To_cuda_without_cuda_says_so()
    {
        if (cuda.is_available())
            return;
        using var model = new ObservedModel();
        Assert.Equal("CUDA is not available.", Assert.Throws<InvalidOperationException>(() => model.cuda()).Message);
    }

    [Fact]
    public void To_cuda_moves_everything()
    {
        if (!cuda.is_available())
            return;
        using var model = new ObservedModel();
        using var embedding = nn.Embedding(3, 2);
        model.cuda();
        embedding.cuda();
        Assert.All(model.state_dict().Values, value => Assert.Equal(DeviceType.CUDA, value.device_type));
        Assert.Equal(DeviceType.CUDA, embedding.weight!.device_type);
        Assert.Equal([1, 2], model.call(ones(1, 3, device: CUDA)).shape);
        model.cpu();
        Assert.All(model.state_dict().Values, value => Assert.Equal(DeviceType.CPU, value.device_type));
    }

    private sealed class WithCounts : nn.Module<Tensor, Tensor>
    {
        public Tensor counts = tensor(new long[] { 1, 2 });
        public Tensor scale = ones(1);

        public WithCounts() : base(nameof(WithCounts)) => RegisterComponents();

        public override Tensor forward(Tensor input) => input * scale;
    }
}
