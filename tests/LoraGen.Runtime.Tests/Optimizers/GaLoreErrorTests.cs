using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Optimizers;

#pragma warning disable LORA4016 // What the compiler warns of is an error at run time.

/// <summary>What GaLore refuses says what is wrong and what to do.</summary>
public sealed class GaLoreErrorTests
{
    private readonly Parameter _weight = new(Make.Normal(1, 4, 9));
    private readonly Parameter _bias = new(Make.Normal(2, 4));

    [Fact]
    public void A_rank_above_the_smaller_dimension()
    {
        var error = Assert.Throws<ArgumentException>(() => new GaLore([_weight, _bias], rank: 5));
        Assert.Contains("shape [4, 9] has at most 4 singular vectors, less than the rank 5", error.Message, StringComparison.Ordinal);
        Assert.Contains("new GaLoreGroup(parameters)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_of_an_adapter()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = model.AttachLora();
        var error = Assert.Throws<ArgumentException>(() => new GaLore(lora.Parameters(), rank: 1));
        Assert.Contains("belongs to an adapter", error.Message, StringComparison.Ordinal);
        lora.To(ScalarType.Float64);
        Assert.Throws<ArgumentException>(() => new GaLore(lora.Parameters(), rank: 1));
        new GaLore([new GaLoreGroup(lora.Parameters())]).Dispose();
        lora.Detach();
        new GaLore(model.parameters(), rank: 1).Dispose();
    }

    [Fact]
    public void A_group_with_a_rank_and_no_matrix()
    {
        var error = Assert.Throws<ArgumentException>(() => new GaLore([new GaLoreGroup([_weight], 2), new GaLoreGroup([_bias], 2)]));
        Assert.Contains("rank 2, and none of its 1 parameters is a matrix; the first has the shape [4]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 200, 0.25, "rank")]
    [InlineData(2, 0, 0.25, "updateInterval")]
    [InlineData(2, 200, 0, "scale")]
    [InlineData(2, 200, -1, "scale")]
    [InlineData(2, 200, double.NaN, "scale")]
    public void An_option_out_of_range(int rank, int interval, double scale, string name)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new GaLore([_weight], rank, updateInterval: interval, scale: scale));
        Assert.Equal(name, error.ParamName);
    }

    [Theory]
    [InlineData(-1, 0.9, 0.999, 1e-8, 0, "learningRate")]
    [InlineData(0.1, 1, 0.999, 1e-8, 0, "beta1")]
    [InlineData(0.1, 0.9, -0.1, 1e-8, 0, "beta2")]
    [InlineData(0.1, 0.9, 0.999, -1, 0, "epsilon")]
    [InlineData(0.1, 0.9, 0.999, 1e-8, -1, "weightDecay")]
    public void An_option_of_Adam_out_of_range(double rate, double beta1, double beta2, double epsilon, double decay, string name)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new GaLore([_weight], 2, rate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay));
        Assert.Equal(name, error.ParamName);
    }

    [Fact]
    public void The_frozen_parameters_of_a_model_with_an_adapter()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = model.AttachLora();
        var error = Assert.Throws<ArgumentException>(() => new GaLore(model.parameters(), rank: 2));
        Assert.Contains("detach", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_in_two_groups()
    {
        using var optimizer = new GaLore([_weight], rank: 2);
        var error = Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new GaLoreGroup([_weight])));
        Assert.Contains("shape [4, 9] is in two groups", error.Message, StringComparison.Ordinal);
        Assert.Single(optimizer.ParamGroups);
    }

    [Fact]
    public void A_group_of_another_optimizer()
    {
        using var optimizer = new GaLore([_weight], rank: 2);
        var error = Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new AdamW.ParamGroup([_bias])));
        Assert.Contains("new GaLoreGroup(parameters)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_is_added_is_trained()
    {
        using var optimizer = new GaLore([_weight], rank: 2, learningRate: 0.1);
        optimizer.add_param_group(new GaLoreGroup([_bias], learningRate: 0.2));
        var before = _bias.detach().clone();
        _bias.grad = ones_like(_bias);
        optimizer.step();
        Expect.Close(before - 0.2, _bias, 1e-6);
        Assert.Equal([0.1, 0.2], optimizer.ParamGroups.Select(group => group.LearningRate));
    }

    [Fact]
    public void A_gradient_that_is_not_finite()
    {
        using var optimizer = new GaLore([_weight], rank: 2);
        _weight.grad = full_like(_weight, float.NaN);
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.step());
        Assert.Contains("shape [4, 9] is not finite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_optimizer()
    {
        var optimizer = new GaLore([_weight], rank: 2);
        optimizer.Dispose();
        optimizer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => optimizer.step());
        Assert.False(_weight.IsInvalid);
    }
}
