using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class LayerTests
{
    [Fact]
    public void Linear_has_its_shapes_and_computes_x_times_the_transposed_weight_plus_bias()
    {
        using var linear = nn.Linear(3, 2);
        Assert.Equal([2, 3], linear.weight.shape);
        Assert.Equal([2], linear.bias!.shape);
        Assert.Equal((3, 2), (linear.in_features, linear.out_features));
        Assert.True(linear.weight.requires_grad);
        Assert.Equal("Linear", linear.GetName());

        using var x = randn(4, 3);
        Values.Near(x.matmul(linear.weight.t()) + linear.bias, linear.call(x));

        var bound = 1 / Math.Sqrt(3);
        Assert.All(linear.weight.Floats().Concat(linear.bias.Floats()), value => Assert.InRange(value, -bound, bound));
    }

    [Fact]
    public void Linear_without_bias_and_from_parameters()
    {
        using var plain = nn.Linear(3, 2, hasBias: false, dtype: ScalarType.Float64);
        Assert.Null(plain.bias);
        Assert.Equal(ScalarType.Float64, plain.weight.dtype);

        using var made = nn.Linear(nn.Parameter(tensor(new float[,] { { 1, 2 }, { 3, 4 } })), nn.Parameter(tensor(new float[] { 10, 20 })));
        Assert.Equal((2, 2), (made.in_features, made.out_features));
        made.call(tensor(new float[] { 1, 1 })).Floats().Near(13, 27);
    }

    [Fact]
    public void Embedding_gives_rows_and_a_new_wrapper_of_its_weight_at_each_get()
    {
        using var embedding = nn.Embedding(5, 3, padding_idx: -1);
        using var rows = embedding.call(tensor(new long[] { 1, 4, 1 }));
        Assert.Equal([3, 3], rows.shape);
        Values.Near(embedding.weight![1], rows[0]);
        rows[1].Floats().Near(0, 0, 0);

        Assert.NotSame(embedding.weight, embedding.weight);
        Assert.NotEqual(embedding.weight!.Handle, embedding.weight!.Handle);
        Assert.Equal(["weight"], embedding.state_dict().Keys);
        Assert.True(embedding.weight!.requires_grad && embedding.weight!.is_leaf);
    }

    [Fact]
    public void Sparse_embedding_has_a_sparse_gradient()
    {
        using var embedding = nn.Embedding(3, 2, sparse: true);
        embedding.call(tensor(new long[] { 1, 1 })).sum().backward();
        var gradient = embedding.weight!.grad!;
        Assert.True(gradient.is_sparse);
        gradient.to_dense().Floats().Near(0, 0, 2, 2, 0, 0);
    }

    [Fact]
    public void Embedding_trains_through_its_registered_parameter()
    {
        using var embedding = nn.Embedding(4, 2);
        using var optimizer = optim.SGD(embedding.parameters(), 0.5);
        var before = embedding.weight!.Floats();
        embedding.call(tensor(new long[] { 2, 2 })).sum().backward();
        embedding.weight!.grad!.Floats().Near(0, 0, 0, 0, 2, 2, 0, 0);
        optimizer.step();
        embedding.weight!.Floats().Near([.. before.Select((value, i) => (double)value - (i is 4 or 5 ? 1 : 0))]);
    }

    [Fact]
    public void Embedding_converts_in_place_and_takes_a_new_weight()
    {
        using var embedding = nn.Embedding(4, 2);
        var registered = embedding.get_parameter("weight");
        embedding.to(ScalarType.Float64);
        Assert.Same(registered, embedding.get_parameter("weight"));
        Assert.Equal(ScalarType.Float64, registered!.dtype);
        Assert.Equal(ScalarType.Float64, embedding.weight!.dtype);

        var replacement = nn.Parameter(tensor(new double[,] { { 1, 2 }, { 3, 4 } }));
        embedding.weight = replacement;
        Assert.Same(replacement, embedding.get_parameter("weight"));
        embedding.call(tensor(new long[] { 1 })).Floats().Near(3, 4);
        embedding.@float();
        embedding.call(tensor(new long[] { 0 })).Floats().Near(1, 2);
        Assert.Equal(ScalarType.Float32, embedding.weight!.dtype);
    }

    [Fact]
    public void Embedding_made_in_a_scope_works_after_it_though_its_registered_wrapper_is_gone()
    {
        Embedding embedding;
        using (NewDisposeScope())
            embedding = nn.Embedding(4, 2);
        Assert.Empty(embedding.named_parameters());
        Assert.Equal([1, 2], embedding.call(tensor(new long[] { 0 })).shape);
        embedding.Dispose();
    }

    [Fact]
    public void Embedding_keeps_norms_below_the_greatest_allowed()
    {
        using var embedding = nn.Embedding(2, 2, max_norm: 1.0);
        embedding.weight = nn.Parameter(tensor(new float[,] { { 3, 4 }, { 0.3f, 0.4f } }));
        embedding.call(tensor(new long[] { 0, 1 })).Floats().Near([0.6f, 0.8f, 0.3f, 0.4f]);
    }

    [Fact]
    public void LayerNorm_normalizes_scales_and_shifts()
    {
        using var norm = nn.LayerNorm(4, eps: 0);
        norm.call(tensor(new float[] { 1, 1, -1, -1 })).Floats().Near(1, 1, -1, -1);
        norm.weight = nn.Parameter(full(4, 3f));
        norm.bias = nn.Parameter(full(4, 1f));
        norm.call(tensor(new float[] { 2, 2, -2, -2 })).Floats().Near(4, 4, -2, -2);
        Assert.Equal(["weight", "bias"], norm.state_dict().Keys);

        using var bare = nn.LayerNorm([2, 2], elementwise_affine: false);
        Assert.Empty(bare.state_dict());
        Assert.Equal([3, 2, 2], bare.call(randn(3, 2, 2)).shape);
        using var noBias = nn.LayerNorm(4, bias: false);
        Assert.Equal(["weight"], noBias.state_dict().Keys);
        noBias.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, noBias.weight.dtype);
    }

    [Fact]
    public void Dropout_works_in_training_only()
    {
        using var dropout = nn.Dropout(0.5);
        var values = dropout.call(ones(2000)).Floats();
        Assert.All(values, value => Assert.True(value is 0 or 2));
        Assert.InRange(values.Count(value => value == 0), 850, 1150);

        dropout.eval();
        Assert.All(dropout.call(ones(100)).Floats(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Activations_are_their_functions()
    {
        using var x = tensor(new float[] { -1, 0, 2 });
        double[] inputs = [-1, 0, 2];
        double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));

        nn.ReLU().call(x).Floats().Near(0, 0, 2);
        nn.Tanh().call(x).Floats().Near([.. inputs.Select(Math.Tanh)]);
        nn.Sigmoid().call(x).Floats().Near([.. inputs.Select(Sigmoid)]);
        nn.SiLU().call(x).Floats().Near([.. inputs.Select(value => value * Sigmoid(value))]);
        nn.GELU().call(x).Floats().Near(-0.15865526, 0, 1.9544997);
        nn.GELU(GELU.Approximate.tanh).call(x).Floats().Near(-0.15880801, 0, 1.9545977);
        nn.Softmax(0).call(zeros(4)).Floats().Near(0.25, 0.25, 0.25, 0.25);
        nn.LogSoftmax(0).call(zeros(2)).Floats().Near(-Math.Log(2), -Math.Log(2));
        Assert.Equal([2, 12], nn.Flatten().call(zeros(2, 3, 4)).shape);

        nn.ReLU(inplace: true).call(x);
        x.Floats().Near(0, 0, 2);
    }

    [Fact]
    public void Losses_are_their_functions()
    {
        using var mse = nn.MSELoss();
        Assert.Equal(2.5f, mse.call(tensor(new float[] { 1, 2 }), tensor(new float[] { 0, 0 })).item<float>());
        using var sum = nn.MSELoss(nn.Reduction.Sum);
        Assert.Equal(5f, sum.call(tensor(new float[] { 1, 2 }), tensor(new float[] { 0, 0 })).item<float>());

        using var entropy = nn.CrossEntropyLoss(ignore_index: 0);
        var logits = zeros(3, 4);
        var target = tensor(new long[] { 1, 2, 0 });
        Assert.Equal(Math.Log(4), entropy.call(logits, target).item<float>(), 1e-6);
        Assert.Equal(0L, entropy.ignore_index);
    }
}
