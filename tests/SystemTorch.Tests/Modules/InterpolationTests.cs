using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class InterpolationTests
{
    private static Tensor Row() => tensor(new float[] { 1, 2, 4, 8 }).reshape(1, 1, 4);

    private static Tensor Image() => tensor(new float[] { 0, 4, 8, 12 }).reshape(1, 1, 2, 2);

    [Fact]
    public void Nearest_repeats_or_leaves_out()
    {
        nn.functional.interpolate(Row(), [8]).Floats().Near(1, 1, 2, 2, 4, 4, 8, 8);
        nn.functional.interpolate(Row(), scale_factor: [0.5]).Floats().Near(1, 4);
        nn.functional.interpolate(Row(), [2], mode: InterpolationMode.NearestExact).Floats().Near(2, 8);
        nn.functional.interpolate(Image(), scale_factor: [1, 2]).Floats().Near(0, 0, 4, 4, 8, 8, 12, 12);
        Assert.Equal([1, 1, 4, 6, 2], nn.functional.interpolate(ones([1, 1, 2, 3, 1]), scale_factor: [2, 2, 2]).shape);
    }

    [Fact]
    public void Linear_modes_lie_between()
    {
        nn.functional.interpolate(Row(), [7], mode: InterpolationMode.Linear, align_corners: true).Floats().Near(1, 1.5, 2, 3, 4, 6, 8);
        nn.functional.interpolate(Image(), [3, 3], mode: InterpolationMode.Bilinear, align_corners: true).Floats().Near(0, 2, 4, 4, 6, 8, 8, 10, 12);
        // Without aligned corners the sample points of half a pixel lie at 0, 0.25, 0.75 and 1 of the way.
        nn.functional.interpolate(Image(), scale_factor: [1, 2], mode: InterpolationMode.Bilinear).Floats().Near(0, 1, 3, 4, 8, 9, 11, 12);
        nn.functional.interpolate(Image(), [1, 1], mode: InterpolationMode.Bilinear, antialias: true).Floats().Near(6);
        nn.functional.interpolate(Image(), [2, 2], mode: InterpolationMode.Bicubic).Floats().Near(0, 4, 8, 12);
        nn.functional.interpolate(Image().unsqueeze(2), [1, 3, 3], mode: InterpolationMode.Trilinear, align_corners: true).Floats()[4..5].Near(6);
    }

    [Fact]
    public void Area_takes_the_mean()
    {
        nn.functional.interpolate(Row(), [2], mode: InterpolationMode.Area).Floats().Near(1.5, 6);
        nn.functional.interpolate(Image(), scale_factor: [0.5, 0.5], mode: InterpolationMode.Area).Floats().Near(6);
    }

    [Fact]
    public void A_factor_stands_for_the_size_that_comes_of_it_where_asked()
    {
        // 4 * 0.7 is 2.8, so 2: steps of 4 / 2 instead of 1 / 0.7.
        nn.functional.interpolate(Row(), scale_factor: [0.7], recompute_scale_factor: true).Floats().Near(1, 4);
        nn.functional.interpolate(Row(), scale_factor: [0.7]).Floats().Near(1, 2);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.ThrowsAny<Exception>(() => nn.functional.interpolate(Row()));
        Assert.ThrowsAny<Exception>(() => nn.functional.interpolate(Row(), [2], [0.5]));
        Assert.ThrowsAny<Exception>(() => nn.functional.interpolate(Row(), [2, 2]));
        Assert.ThrowsAny<Exception>(() => nn.functional.interpolate(Row(), [2], mode: InterpolationMode.Bilinear));
        Assert.ThrowsAny<Exception>(() => nn.functional.interpolate(Row(), [2], align_corners: true));
        Assert.ThrowsAny<Exception>(() => nn.functional.interpolate(Row(), [2], mode: InterpolationMode.Linear, antialias: true));
        Assert.ThrowsAny<Exception>(() => nn.functional.interpolate(Row(), [2], recompute_scale_factor: true));
    }

    [Fact]
    public void LeakyReLU_scales_what_is_negative()
    {
        using var leaky = nn.LeakyReLU(0.25);
        leaky.call(tensor(new float[] { -4, 4 })).Floats().Near(-1, 4);
        using var standard = nn.LeakyReLU(inplace: true);
        var x = tensor(new float[] { -100, 1 });
        standard.call(x);
        x.Floats().Near(-1, 1);
        Assert.Equal((0.01, true), (standard.negative_slope, standard.inplace));
    }
}
