using LoraGen.Runtime.Tests.Formats;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>The orthogonal start of A and B.</summary>
public sealed class OrthogonalTests
{
    [Theory, InlineData("Linear"), InlineData("Conv2d"), InlineData("Conv3d")]
    public void Neither_is_zero_but_the_product_is(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind), dtype: ScalarType.Float64);
        using var lora = model.AttachOrthogonalLora();
        var site = (LoraSite)lora.Sites[0];

        Assert.True(site.A.norm().item<double>() > 0.1);
        Assert.True(site.B.norm().item<double>() > 0.05);
        Expect.Close(zeros_like(site.Delta()), site.Delta(), 1e-15);
        Assert.Equal(2, Rank(site.A));
        Assert.Equal(2, Rank(site.B));
    }

    // Each row of Q has the length 1, so half of the rows give each of A's columns half of its variance on average, times PEFT's 0.1.
    [Fact]
    public void The_deviation_is_PEFTs()
    {
        random.manual_seed(3);
        using var model = Make.Model(() => new Perceptron(4000, 6000, 4));
        using var lora = model.AttachOrthogonalLora();
        Assert.Equal(Math.Sqrt(0.5) / 10, lora.Up.A.std().item<float>(), 0.002);
        Assert.Equal(Math.Sqrt(0.5) / 10, lora.Up.B.std().item<float>(), 0.002);
    }

    [Fact]
    public void Each_group_has_halves_of_its_own()
    {
        using var model = Make.Model(() => new OneLayer("grouped Conv1d"));
        var input = OneLayer.Input("grouped Conv1d");
        var before = model.forward(input);
        using var lora = model.AttachOrthogonalLora();
        Expect.Close(before, model.forward(input), 1e-6);
        Assert.True(lora.Sites[0].Parameters[1].norm().item<float>() > 0.05);
    }

    [Fact]
    public void An_odd_rank_for_each_group_is_refused()
    {
        using var model = Make.Model(() => new OneLayer("grouped Conv1d"));
        var error = Assert.Throws<ArgumentException>(() => model.AttachOddlyOrthogonalLora());
        Assert.StartsWith(
            "layer: InitA is Orthogonal, which needs an even rank for each of the groups, but the Conv1d has 2 groups and Rank is 2. "
            + "Set Rank there to a multiple of 4",
            error.Message,
            StringComparison.Ordinal);
        using var linear = Make.Model(() => new OneLayer("Linear"));
        linear.AttachOddlyOrthogonalLora().Dispose();
    }

    [Fact]
    public void An_Embedding_starts_as_always()
    {
        using var model = Make.Model(() => new OneLayer("Embedding"));
        using var lora = model.AttachOrthogonalLora();
        var site = (LoraSite)lora.Sites[0];
        Assert.Equal(0, site.A.count_nonzero().item<long>());
        Assert.Equal(1, site.B.std().item<float>(), 0.6);
    }

    [Theory, InlineData("Linear", "orthogonal"), InlineData("Embedding", "orthogonal"), InlineData("Conv2d", null)]
    public void PEFT_reads_its_name_where_it_has_it(string kind, string? expected)
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new OneLayer(kind));
        using var lora = model.AttachOrthogonalLora();
        lora.Save(folder.Path);
        var value = PeftGoldenTests.Config(Path.Combine(folder.Path, "orthogonal"))["init_lora_weights"]!;
        if (expected is null)
            Assert.True(value.GetValue<bool>());
        else
            Assert.Equal(expected, value.GetValue<string>());
        lora.Load(folder.Path);
    }

    private static long Rank(Tensor factor)
    {
        using var rows = factor.shape[0] == 4 ? factor.detach().flatten(1) : factor.detach().flatten(1).t();
        var (_, values, _) = linalg.svd(rows, fullMatrices: false);
        return values.gt(1e-10).count_nonzero().item<long>();
    }
}

public sealed class OrthogonalContractTests : MethodContract<LoraMethod>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachOrthogonalLora();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachOrthogonalLoraFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachOrthogonalLoraForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerOrthogonalLora.Count(kind);
}
