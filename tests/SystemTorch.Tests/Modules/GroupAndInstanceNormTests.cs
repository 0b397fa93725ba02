using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class GroupAndInstanceNormTests
{
    [Fact]
    public void GroupNorm_normalizes_groups_of_channels_of_each_sample()
    {
        using var norm = nn.GroupNorm(2, 4, eps: 0);
        norm.weight = nn.Parameter(tensor(new float[] { 1, 1, 1, 10 }));
        norm.bias = nn.Parameter(tensor(new float[] { 0, 0, 0, 100 }));

        // Groups 1 3 and 10 30.
        norm.call(tensor(new float[] { 1, 3, 10, 30 }).reshape(1, 4, 1)).Floats().Near(-1, 1, -1, 110);
        Assert.Throws<ArgumentException>(() => norm.call(ones(1, 4)));
        Assert.Equal((2, true, 0.0), (norm.num_groups, norm.affine, norm.eps));
    }

    [Fact]
    public void GroupNorm_has_a_weight_and_a_bias_a_channel_where_wanted()
    {
        using var norm = nn.GroupNorm(2, 4);
        Assert.Equal([4], norm.weight.shape);
        Assert.Equal([4], norm.bias!.shape);
        Assert.Equal(2, norm.state_dict().Count);
        norm.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, norm.bias!.dtype);
        Assert.Empty(nn.GroupNorm(2, 4, affine: false).state_dict());
    }

    [Fact]
    public void Of_one_group_and_of_one_channel_a_group_they_are_layer_and_instance_norm()
    {
        using var input = randn(2, 4, 3, 5);
        Values.Near(nn.functional.layer_norm(input, [4, 3, 5]), nn.GroupNorm(1, 4, affine: false).call(input), 1e-5);
        Values.Near(nn.InstanceNorm2d(4).call(input), nn.GroupNorm(4, 4, affine: false).call(input), 1e-5);
    }

    [Fact]
    public void InstanceNorm_normalizes_each_channel_of_each_sample()
    {
        using var norm = nn.InstanceNorm1d(2, eps: 0);
        Assert.Empty(norm.state_dict());
        norm.call(tensor(new float[] { 1, 3, 10, 30 }).reshape(1, 2, 2)).Floats().Near(-1, 1, -1, 1);

        using var single = norm.call(tensor(new float[] { 1, 3, 10, 30 }).reshape(2, 2));
        Assert.Equal([2, 2], single.shape);
        single.Floats().Near(-1, 1, -1, 1);
    }

    [Fact]
    public void InstanceNorm_tracks_and_scales_where_wanted()
    {
        using var norm = nn.InstanceNorm1d(1, eps: 0, momentum: 0.5, affine: true, track_running_stats: true);
        Assert.Equal(5, norm.state_dict().Count);
        norm.call(tensor(new float[] { 1, 3 }).reshape(1, 1, 2));
        norm.running_mean!.Floats().Near(1);
        norm.running_var!.Floats().Near(0.5 + 0.5 * 2);

        norm.running_var = tensor(new float[] { 4 });
        norm.bias = nn.Parameter(tensor(new float[] { 7 }));
        norm.eval();
        norm.call(tensor(new float[] { 1, 3 }).reshape(1, 1, 2)).Floats().Near(7, 8);
    }

    [Fact]
    public void InstanceNorm_wants_its_dimensions_and_channels()
    {
        Assert.Throws<ArgumentException>(() => nn.InstanceNorm1d(2).call(ones(1, 2, 3, 4)));
        Assert.Throws<ArgumentException>(() => nn.InstanceNorm2d(2).call(ones(1, 3, 3, 4)));
        Assert.Equal([1, 2, 3, 4], nn.InstanceNorm2d(2).call(rand(1, 2, 3, 4)).shape);
        Assert.Equal([2, 3, 4, 5], nn.InstanceNorm3d(2).call(rand(2, 3, 4, 5)).shape);
    }
}
