using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Kinds;

/// <summary>LoRA on convolutions, however their kernels move.</summary>
public sealed class ConvolutionTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<int, PaddingModes> Ways
    {
        get
        {
            var ways = new TheoryData<int, PaddingModes>();
            foreach (var mode in new[] { PaddingModes.Zeros, PaddingModes.Reflect, PaddingModes.Replicate, PaddingModes.Circular })
            {
                for (var dimensions = 1; dimensions <= 3; dimensions++)
                    ways.Add(dimensions, mode);
            }

            return ways;
        }
    }

    public static TheoryData<int> Dimensions => [1, 2, 3];

    [Theory, MemberData(nameof(Ways))]
    public void It_adds_what_two_convolutions_add(int dimensions, PaddingModes mode)
    {
        foreach (var way in ConvolutionCase.All(dimensions, mode))
        {
            using var model = Model(way);
            using var lora = Make.Trained(model.AttachLora());
            var input = way.Input(4);
            lora.IsActive = false;
            var expected = model.forward(input) + (Added(way, Site(lora), input) * (Scalar)1.5);
            lora.IsActive = true;

            Expect.Close(expected, model.forward(input), Tolerance, way.ToString());
            Expect.Close(expected, model.call(input), Tolerance, way.ToString());
            using (no_grad())
                Expect.Close(expected, model.forward(input), Tolerance, way.ToString());
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public void Merged_output_is_the_unmerged_and_unmerging_leaves_the_bits(int dimensions, PaddingModes mode)
    {
        foreach (var way in ConvolutionCase.All(dimensions, mode))
        {
            using var model = Model(way);
            var before = ModelState.Of(model);
            var input = way.Input(4);
            var plain = model.forward(input);
            using var lora = Make.Trained(model.AttachLora());
            KeepWithinGroups(Site(lora), way.Groups);
            var expected = model.forward(input);
            Expect.Differ(plain, expected);

            lora.Merge();
            Expect.Close(expected, model.forward(input), Tolerance, way.ToString());
            lora.Detach();
            Assert.Equal(before, ModelState.Of(model));
            Expect.SameBits(plain, model.forward(input));
        }
    }

    [Theory, MemberData(nameof(Dimensions))]
    public void With_B_zero_the_output_is_the_base_models_bit_for_bit(int dimensions)
    {
        foreach (var way in ConvolutionCase.All(dimensions, PaddingModes.Reflect))
        {
            using var model = Model(way);
            var input = way.Input(4);
            var before = model.forward(input);
            using var lora = model.AttachLora();

            Expect.SameBits(before, model.forward(input), way.ToString());
            lora.Merge();
            Expect.SameBits(before, model.forward(input), way.ToString());
        }
    }

    [Theory, MemberData(nameof(Dimensions))]
    public void Gradients_are_finite_differences(int dimensions)
    {
        foreach (var groups in new long[] { 1, 2 })
        {
            var way = new ConvolutionCase(dimensions, 1, null, Padding.Same, 2, PaddingModes.Circular, groups);
            using var model = Model(way);
            using var lora = Make.Trained(model.AttachLora());
            var input = way.Input(4).requires_grad_();
            Loss().backward();

            foreach (var parameter in lora.Parameters().Append(input))
                Expect.CloseInShare(FiniteDifference.Of(parameter, Loss), parameter.grad!, 1e-6, way.ToString());
            Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));

            Tensor Loss() => model.forward(input).pow(2).sum();
        }
    }

    [Theory, MemberData(nameof(Dimensions))]
    public void Shapes_and_counts_are_PEFTs(int dimensions)
    {
        var way = new ConvolutionCase(dimensions, 1, 1, default, 1, PaddingModes.Zeros, 2);
        using var model = Model(way);
        using var lora = model.AttachLora();
        var site = Site(lora);
        var kernel = ((Convolution)site.Module).kernel_size;
        long[] ones = [.. kernel.Select(_ => 1L)];

        Assert.Equal([4, 4, .. kernel], site.A.shape);
        Assert.Equal([6, 2, .. ones], site.B.shape);
        Assert.Equal([6, 2, .. kernel], site.Delta().shape);
        Assert.Same(site, lora.Inner);
        var trainable = (4 * 4 * kernel.Aggregate(1L, (product, size) => product * size)) + (6 * 2);
        Assert.Equal(new ParameterCount(trainable, trainable + model.parameters().Sum(parameter => parameter.numel())), lora.ParameterCount);
    }

    [Fact]
    public void A_is_uniform_within_one_over_the_root_of_its_inputs()
    {
        using var model = Make.Model(() => new Wrapped(nn.Conv2d(100, 8, (3, 2))));
        using var lora = model.AttachLora();
        var bound = 1 / Math.Sqrt(100 * 3 * 2);

        Assert.InRange(Site(lora).A.abs().max().item<float>(), 0.99 * bound, 1.000001 * bound);
        Assert.Equal(0, Site(lora).B.abs().max().item<float>());
    }

    [Theory, MemberData(nameof(Dimensions))]
    public void Inputs_without_a_batch_and_batches_without_inputs(int dimensions)
    {
        var way = new ConvolutionCase(dimensions, 2, 1, default, 1, PaddingModes.Zeros, 2);
        using var model = Model(way);
        using var lora = Make.Trained(model.AttachLora());
        var batch = way.Input(4);

        Expect.Close(model.forward(batch)[0], model.forward(batch[0]), Tolerance);
        Assert.Equal([0, .. model.forward(batch).shape[1..]], model.forward(way.Input(4, batch: 0)).shape);
    }

    [Fact]
    public void Dropout_acts_in_training_mode_only()
    {
        using var model = Make.Model(() => new Wrapped(nn.Conv2d(4, 6, 3, padding: 1)));
        using var lora = Make.Trained(model.AttachDroppedLora());
        using var undropped = model.AttachLora();
        var input = Make.Normal(3, 2, 4, 5, 5);
        model.eval();
        var expected = model.forward(input);
        Expect.SameBits(expected, model.forward(input));
        model.train();
        Expect.Differ(expected, model.forward(input));
    }

    [Fact]
    public void A_base_in_half_precision_keeps_a_float32_adapter()
    {
        using var model = Make.Model(() => new Wrapped(nn.Conv1d(4, 6, 3)), dtype: ScalarType.BFloat16);
        using var lora = Make.Trained(model.AttachLora());
        var site = Site(lora);
        var input = Make.Normal(3, 2, 4, 9).to(ScalarType.BFloat16);
        Assert.All(lora.Parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));

        var conv = (Conv1d)site.Module;
        var merged = conv.weight.detach().to(ScalarType.Float32) + site.Delta().detach();
        var exact = nn.functional.conv1d(input.to(ScalarType.Float32), merged, conv.bias!.to(ScalarType.Float32));
        Assert.Equal(ScalarType.BFloat16, model.forward(input).dtype);
        Expect.CloseInShare(exact, model.forward(input).to(ScalarType.Float32), 0.02);

        lora.To(ScalarType.Float64);
        Expect.CloseInShare(exact, model.forward(input).to(ScalarType.Float32), 0.02);
        lora.To(ScalarType.Float32);
        lora.Merge();
        Expect.SameBits(merged.to(ScalarType.BFloat16), conv.weight.detach());
    }

    [Fact]
    public void Two_with_one_weight_are_adapted_as_one()
    {
        using var model = Make.Model(() => new TwoStrides());
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 2, 3, 12);
        var expected = model.forward(input);

        Assert.Equal(["coarse"], Assert.Single(lora.Sites).Aliases);
        Assert.Same(lora.Fine.A, lora.Coarse.A);
        lora.Merge();
        Expect.Close(expected, model.forward(input));
    }

    [Fact]
    public void Two_adapters_add_up_and_merge_in_any_order()
    {
        using var model = Model(new ConvolutionCase(2, 1, 1, default, 1, PaddingModes.Reflect, 1));
        var before = ModelState.BitsOf(model);
        using var first = Make.Trained(model.AttachLora());
        using var second = Make.Trained(model.AttachSecondLora(), seed: 9);
        var input = Make.Normal(3, 2, 4, 6, 6).to(ScalarType.Float64);
        var expected = model.forward(input);

        second.Merge();
        Expect.Close(expected, model.forward(input), Tolerance);
        first.Merge();
        Expect.Close(expected, model.forward(input), Tolerance);
        second.Unmerge();
        first.Unmerge();
        Assert.Equal(before, ModelState.BitsOf(model));
    }

    private static Wrapped Model(ConvolutionCase way) => Make.Model(() => new Wrapped(way.Create(4, 6)), dtype: ScalarType.Float64);

    private static LoraSite Site(Adapter lora) => Assert.IsType<LoraSite>(Assert.Single(lora.Sites));

    /// <summary>By TorchSharp's own modules: A as a convolution with the layer's options, B as one with a kernel of 1.</summary>
    private static Tensor Added(ConvolutionCase way, LoraSite site, Tensor input)
    {
        var reading = (Convolution)way.Create(4, site.Rank, groups: 1, bias: false);
        var mixing = (Convolution)(way with { Stride = 1, Sides = 0, Dilation = 1, Mode = PaddingModes.Zeros }).Create(site.Rank, 6, bias: false);
        reading.weight = new Parameter(site.A.detach().clone());
        mixing.weight = new Parameter(site.B.detach().clone());
        return mixing.call(reading.call(input));
    }

    // What a weight with groups can hold: each group's rows of A read its own channels.
    private static void KeepWithinGroups(LoraSite site, long groups)
    {
        using var noGrad = no_grad();
        var (rows, channels) = (site.Rank / groups, site.A.shape[1] / groups);
        for (var group = 0L; group < groups; group++)
        {
            for (var other = 0L; other < groups; other++)
            {
                if (other != group)
                    site.A.narrow(0, group * rows, rows).narrow(1, other * channels, channels).zero_();
            }
        }
    }
}
