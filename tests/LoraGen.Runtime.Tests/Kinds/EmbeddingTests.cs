using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Kinds;

/// <summary>LoRA on an Embedding.</summary>
public sealed class EmbeddingTests
{
    private readonly Tensor _ids = tensor(new long[] { 1, 7, 3, 0, 3, 10 }, [2, 3]).to(TestDevice.Device);

    [Fact]
    public void It_starts_as_PEFTs()
    {
        using var model = Make.Model(() => new Wrapped(nn.Embedding(500, 300)));
        var before = model.forward(_ids);
        using var lora = model.AttachLora();
        var site = Site(lora);

        Assert.Equal([4, 500], site.A.shape);
        Assert.Equal([300, 4], site.B.shape);
        Assert.Equal([500, 300], site.Delta().shape);
        Assert.Equal(0, site.A.abs().max().item<float>());
        Assert.Equal(1, site.B.std().item<float>(), 0.1);
        Expect.SameBits(before, model.forward(_ids));
        Assert.Equal(new ParameterCount(4 * 800, (4 * 800) + (500 * 300)), lora.ParameterCount);
    }

    [Fact]
    public void In_inference_mode_it_is_attached_as_ever()
    {
        using var model = Model();
        var before = ModelState.Of(model);
        using (inference_mode())
        {
            using var lora = Make.Trained(model.AttachLora());
            var site = Site(lora);
            Expect.Close(Rows(Table(model) + (site.A.t().matmul(site.B.t()) * (Scalar)1.5), _ids), model.forward(_ids), 1e-12);
        }

        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void It_adds_rows_of_the_product_and_merges_them()
    {
        using var model = Model();
        var table = Table(model);
        using var lora = Make.Trained(model.AttachLora());
        var site = Site(lora);

        var expected = Rows(table + (site.A.t().matmul(site.B.t()) * (Scalar)1.5), _ids);
        Expect.Close(expected, model.forward(_ids), 1e-12);
        using (no_grad())
            Expect.Close(expected, model.forward(_ids), 1e-12);
        Expect.Close(expected, model.forward(_ids.to(ScalarType.Int32)), 1e-12);
        Expect.Close(expected[0, 0], model.forward(_ids[0, 0]), 1e-12);

        lora.Merge();
        Expect.Close(expected, model.forward(_ids), 1e-12);
        Expect.Close(table + site.Delta(), Table(model), 1e-12);
    }

    [Theory, InlineData(null, false), InlineData(3L, false), InlineData(-1L, false), InlineData(3L, true)]
    public void Attaching_and_detaching_do_not_change_the_table(long? padding, bool isSparse)
    {
        using var model = Model(padding, isSparse: isSparse);
        var before = ModelState.Of(model);
        using var lora = Make.Trained(model.AttachLora());
        lora.Merge();
        lora.Detach();
        Assert.Equal(before, ModelState.Of(model));

        // And it is still the table that moving the model moves.
        model.to(ScalarType.Float32);
        Assert.Equal(ScalarType.Float32, model.forward(_ids).dtype);
    }

    [Theory, InlineData(null, false), InlineData(3L, false), InlineData(-1L, false), InlineData(3L, true)]
    public void Gradients_are_finite_differences_but_for_the_padding_index(long? padding, bool isSparse)
    {
        using var model = Model(padding, isSparse: isSparse);
        using var lora = Make.Trained(model.AttachLora());
        var site = Site(lora);
        Loss().backward();

        var ofA = FiniteDifference.Of(site.A, Loss);
        if (padding is { } index)
            ofA[.., (index + 11) % 11] = zeros(4, dtype: ScalarType.Float64, device: TestDevice.Device);
        Expect.CloseInShare(ofA, site.A.grad!, 1e-6);
        Expect.CloseInShare(FiniteDifference.Of(site.B, Loss), site.B.grad!, 1e-6);
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));

        Tensor Loss() => model.forward(_ids).pow(2).sum();
    }

    [Fact]
    public void Beside_a_max_norm_it_trains_but_is_not_merged()
    {
        using var model = Model(maxNorm: 1);
        var before = ModelState.BitsOf(model);
        using var lora = Make.Trained(model.AttachLora());
        Assert.Equal(before, ModelState.BitsOf(model));

        Assert.Equal(
            "inner: the Embedding was created with a max_norm, which would shorten the merged rows too. Leave the adapter attached, or leave the layer out "
                + "of the targets.",
            Assert.Throws<InvalidOperationException>(lora.Merge).Message);
        Assert.Equal(before, ModelState.BitsOf(model));

        var output = model.forward(_ids);
        Expect.Close(Rows(Table(model) + Site(lora).Delta(), _ids), output, 1e-12);
        Assert.True(Rows(Table(model), _ids).pow(2).sum(-1).max().item<double>() <= 1.000001);
    }

    [Fact]
    public void There_is_no_dropout()
    {
        using var model = Model();
        using var lora = Make.Trained(model.AttachDroppedLora());
        model.eval();
        var expected = model.forward(_ids);
        model.train();
        Expect.SameBits(expected, model.forward(_ids));
    }

    [Fact]
    public void A_base_in_half_precision_keeps_a_float32_adapter()
    {
        using var model = Make.Model(() => new Wrapped(nn.Embedding(11, 6)), dtype: ScalarType.BFloat16);
        var table = Table(model);
        using var lora = Make.Trained(model.AttachLora());
        Assert.All(lora.Parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));

        var delta = Site(lora).Delta();
        Expect.CloseInShare(Rows(table.to(ScalarType.Float32) + delta, _ids), model.forward(_ids).to(ScalarType.Float32), 0.02);
        Assert.Equal(ScalarType.BFloat16, model.forward(_ids).dtype);
        lora.Merge();
        Expect.SameBits((table.to(ScalarType.Float32) + delta).to(ScalarType.BFloat16).detach(), Table(model));
    }

    [Fact]
    public void Tied_to_a_head_both_train_and_neither_is_merged()
    {
        using var model = Make.Model(() => new TiedHead());
        var before = ModelState.Of(model);
        using var lora = Make.Trained(model.AttachBothLora());
        Assert.Equal(("lm_head.weight", "wte.weight"), (lora.Wte.TiedTo, lora.LmHead.TiedTo));

        model.forward(_ids).pow(2).sum().backward();
        Assert.All(lora.Parameters(), parameter => Assert.True(parameter.grad!.abs().sum().item<float>() > 0));
        Assert.Equal(
            "wte: its weight is also lm_head.weight, which merging would change too. Leave the layer out of the targets, or untie the weights.",
            Assert.Throws<InvalidOperationException>(lora.Merge).Message);
        lora.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    private static Wrapped Model(long? padding = null, double? maxNorm = null, bool isSparse = false)
    {
        return Make.Model(() => new Wrapped(nn.Embedding(11, 6, padding, maxNorm, sparse: isSparse)), dtype: ScalarType.Float64);
    }

    private static Tensor Table(Wrapped model) => ((Embedding)model.named_children().Single().module).weight!.detach().clone();

    private static Tensor Rows(Tensor table, Tensor ids) => table.index_select(0, ids.reshape(-1)).view([.. ids.shape, table.shape[1]]);

    private static LoraSite Site(Adapter lora) => Assert.IsType<LoraSite>(Assert.Single(lora.Sites));
}
