using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class BatchNormTests
{
    // Two channels: 1 3 and 10 30, of means 2 and 20 and variances 1 and 100 (2 and 200 without bias).
    private static Tensor Batch() => tensor(new float[] { 1, 10, 3, 30 }).reshape(2, 2);

    [Fact]
    public void Training_normalizes_by_the_batch_and_moves_the_running_statistics()
    {
        using var norm = nn.BatchNorm1d(2, eps: 0, momentum: 0.25);
        norm.weight = nn.Parameter(tensor(new float[] { 1, 2 }));
        norm.bias = nn.Parameter(tensor(new float[] { 0, 5 }));
        norm.call(Batch()).Floats().Near(-1, 3, 1, 7);

        norm.running_mean!.Floats().Near(0.25 * 2, 0.25 * 20);
        norm.running_var!.Floats().Near(0.75 + 0.25 * 2, 0.75 + 0.25 * 200);
        Assert.Equal(1, norm.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Evaluation_uses_the_running_statistics_and_leaves_them()
    {
        using var norm = nn.BatchNorm1d(2, eps: 0);
        norm.running_mean = tensor(new float[] { 1, 0 });
        norm.running_var = tensor(new float[] { 4, 100 });
        norm.eval();
        norm.call(Batch()).Floats().Near(0, 1, 1, 3);
        norm.running_mean.Floats().Near(1, 0);
        Assert.Equal(0, norm.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Without_momentum_the_statistics_are_the_average_of_the_batches()
    {
        using var norm = nn.BatchNorm1d(1);
        norm.momentum = null;
        norm.call(tensor(new float[] { 1, 3 }).reshape(2, 1));
        norm.call(tensor(new float[] { 5, 9 }).reshape(2, 1));
        norm.running_mean!.Floats().Near((2 + 7) / 2.0);
        norm.running_var!.Floats().Near((2 + 8) / 2.0);
    }

    [Fact]
    public void Parameters_and_buffers_are_there_as_asked()
    {
        using var full = nn.BatchNorm2d(3);
        Assert.Equal(["weight", "bias", "running_mean", "running_var", "num_batches_tracked"], full.state_dict().Keys);
        Assert.Equal(["weight", "bias"], full.named_parameters().Select(own => own.name));
        full.weight.Floats().Near(1, 1, 1);
        full.bias!.Floats().Near(0, 0, 0);
        full.running_var!.Floats().Near(1, 1, 1);
        Assert.Equal((3, 1e-5, 0.1, true, true), (full.num_features, full.eps, full.momentum, full.affine, full.track_running_stats));

        using var bare = nn.BatchNorm3d(3, affine: false, track_running_stats: false);
        Assert.Empty(bare.state_dict());
        Assert.Null(bare.running_mean);
        bare.eval();
        using var constant = bare.call(ones([2, 3, 1, 1, 1]));
        constant.Floats().Near(new double[6]);
    }

    [Fact]
    public void Each_wants_its_own_dimensions()
    {
        Assert.Throws<ArgumentException>(() => nn.BatchNorm1d(2).call(ones(1, 2, 3, 4)));
        Assert.Throws<ArgumentException>(() => nn.BatchNorm2d(2).call(ones(1, 2, 3)));
        Assert.Throws<ArgumentException>(() => nn.BatchNorm3d(2).call(ones(1, 2, 3, 4)));
        Assert.Equal([4, 2, 3], nn.BatchNorm1d(2).call(rand(4, 2, 3)).shape);
        Assert.Equal([4, 2, 3, 5], nn.BatchNorm2d(2).call(rand(4, 2, 3, 5)).shape);
        Assert.Equal([4, 2, 3, 5, 6], nn.BatchNorm3d(2).call(rand([4, 2, 3, 5, 6])).shape);
    }

    [Fact]
    public void Another_type_takes_the_statistics_along_and_not_the_number_of_batches()
    {
        using var norm = nn.BatchNorm2d(2);
        norm.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, norm.weight.dtype);
        Assert.Equal(ScalarType.Float64, norm.running_var!.dtype);
        Assert.Equal(ScalarType.Int64, norm.num_batches_tracked!.dtype);
        Assert.Same(norm.running_mean, norm.get_buffer("running_mean"));
    }

    [Fact]
    public void Statistics_survive_the_scope_they_are_made_in_and_can_be_reset()
    {
        BatchNorm1d norm;
        using (NewDisposeScope())
            norm = nn.BatchNorm1d(2);
        norm.call(Batch());
        norm.reset_running_stats();
        norm.running_mean!.Floats().Near(0, 0);
        norm.running_var!.Floats().Near(1, 1);
        Assert.Equal(0, norm.num_batches_tracked!.item<long>());

        var mean = norm.running_mean!;
        norm.Dispose();
        Assert.True(mean.IsInvalid);
    }

    [Fact]
    public void Statistics_are_loaded_with_the_parameters()
    {
        using var trained = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2));
        trained.call(rand(4, 1, 5, 5));
        using var loaded = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2));
        loaded.load_state_dict(trained.state_dict());
        trained.eval();
        loaded.eval();
        var input = rand(2, 1, 5, 5);
        Values.Near(trained.call(input), loaded.call(input));
    }
}
