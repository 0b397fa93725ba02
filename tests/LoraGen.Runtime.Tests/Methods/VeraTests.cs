using LoraGen.Runtime.Tests.Goldens;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>What is VeRA's alone: the projections of all layers together, and its options.</summary>
public sealed class VeraTests
{
    private readonly GoldenCase _golden = new("toy_vera");

    [Fact]
    public void The_projections_of_a_key_are_PEFTs_to_the_bit()
    {
        using var model = Make.Model(() => new Toy());
        using var vera = model.AttachVera();
        var site = (VeraSite)vera.Sites[0];
        var theirs = _golden.AdapterTensors();
        Expect.SameBits(theirs["base_model.vera_A"], site.A);
        Expect.SameBits(theirs["base_model.vera_B"], site.B);

        using var other = model.AttachOtherVera();
        Expect.Differ(site.A.narrow(0, 0, 4).narrow(1, 0, 32), ((VeraSite)other.Sites[0]).A);
    }

    [Fact]
    public void All_layers_have_the_same_two_projections_of_the_largest_sizes()
    {
        using var model = Make.Model(() => new Toy());
        using var vera = model.AttachVera();
        var sites = vera.Sites.Cast<VeraSite>().ToArray();
        Assert.Equal(6, sites.Length);
        Assert.Equal([8, 64], sites[0].A.shape);
        Assert.Equal([48, 8], sites[0].B.shape);
        Assert.All(sites, site => Assert.Same(sites[0].A, site["A"]));
        Assert.All(sites, site => Assert.Same(sites[0].B, site.B));
        Assert.All(sites, site => Assert.Equal([site.LambdaB, site.LambdaD], site.Parameters));
        Assert.All(sites, site => Assert.Equal(0, site.LambdaB.count_nonzero().item<long>()));
        Assert.All(sites, site => Expect.SameBits(full_like(site.LambdaD, 0.1), site.LambdaD));
    }

    [Fact]
    public void The_projections_do_not_train()
    {
        using var model = Make.Model(() => new Toy());
        using var vera = LoraContractTests.Shaken(model.AttachVera());
        var site = (VeraSite)vera.Sites[0];
        var (a, b) = (Expect.Bytes(site.A), Expect.Bytes(site.B));
        using var optimizer = optim.AdamW(vera.Parameters(), lr: 0.1);
        model.forward(_golden.Input).pow(2).mean().backward();
        optimizer.step();

        Assert.Equal(12, vera.Parameters().Count());
        Assert.DoesNotContain(vera.NamedParameters(), named => named.Name is "A" or "B");
        Assert.False(site.A.requires_grad || site.B.requires_grad);
        Assert.Equal(a, Expect.Bytes(site.A));
        Assert.Equal(b, Expect.Bytes(site.B));
    }

    [Fact]
    public void They_move_with_the_adapter()
    {
        using var model = Make.Model(() => new Toy());
        using var vera = model.AttachVera();
        vera.To(ScalarType.Float64);
        Assert.All(vera.Sites.Cast<VeraSite>(), site => Assert.Equal((ScalarType.Float64, ScalarType.Float64), (site.A.dtype, site.B.dtype)));
        Assert.False(((VeraSite)vera.Sites[0]).A.requires_grad);
        vera.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ((VeraSite)vera.Sites[0]).A);
    }

    [Fact]
    public void A_layer_of_another_type_reads_them_in_its_own()
    {
        using var model = Make.Model(() => new TwoRanks());
        model.named_children().Single(child => child.name == "second").module.to(ScalarType.Float64);
        using var vera = LoraContractTests.Shaken(model.AttachSameVera());
        Assert.Equal(ScalarType.Float32, ((VeraSite)vera["first"]).Delta().dtype);
        var second = (VeraSite)vera["second"];
        Assert.Equal(ScalarType.Float64, second.Delta().dtype);
        var (a, b) = (second.A.to(ScalarType.Float64), second.B.to(ScalarType.Float64));
        Expect.Close(diag(second.LambdaB).matmul(b).matmul(diag(second.LambdaD)).matmul(a), second.Delta(), 1e-12);
    }

    // Llama-3.2-3B: q_proj 3072 → 3072 and v_proj 3072 → 1024 in 28 layers, as PEFT counts them.
    [Fact]
    public void The_count_is_PEFTs()
    {
        var count = new[] { 3072L, 1024L }.Sum(
            outputs => new VeraMethod().Parameters(new(LayerKind.Linear, "Linear", 3072, outputs, [])).Where(spec => spec.Trains).Sum(spec => spec.Elements));
        Assert.Equal(129_024, 28 * count);
    }

    [Fact]
    public void Dropout_acts_in_training_mode()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var input = OneLayer.Input("Linear");
        using var vera = LoraContractTests.Shaken(model.AttachDroppedVera());
        using (var whole = LoraContractTests.Shaken(Make.Model(() => new OneLayer("Linear")).AttachVera()))
        {
            model.eval();
            Expect.SameBits(whole.BaseModel.forward(input), model.forward(input));
        }

        model.train();
        Expect.Differ(model.forward(input), model.forward(input));
    }

    // As if each were alone on the base model.
    [Fact]
    public void Adapters_with_other_keys_and_ranks_add_up()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var input = OneLayer.Input("Linear");
        var before = model.forward(input);
        using var one = LoraContractTests.Shaken(model.AttachVera("one"));
        using var two = LoraContractTests.Shaken(model.AttachKeyedVera("two"));
        var sum = ((VeraSite)one.Sites[0]).Delta() + ((VeraSite)two.Sites[0]).Delta();
        var expected = before + input.matmul(sum.t());
        Expect.Close(expected, model.forward(input), 2e-5);
        two.Merge();
        Expect.Close(expected, model.forward(input), 2e-5);
        one.Merge();
        Expect.Close(expected, model.forward(input), 2e-5);
        Expect.Differ(before, expected);
    }

    [Theory]
    [InlineData("Embedding")]
    [InlineData("Conv2d")]
    public void Other_layers_are_refused(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        Assert.StartsWith(
            $"layer: VeRA's matrices are shared by Linear layers, but the layer is of kind {kind}. Leave it out of the targets, or adapt it by LoRA.",
            Assert.Throws<ArgumentException>(() => model.AttachVera()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Refuses(new() { Rank = 0 }, "Rank is 0, but it must be 1 or more; 256 is usual");
        Refuses(new() { Dropout = 1 }, "Dropout is 1, but it is a probability from 0 to below 1; write 0.01 or leave it out");
        Refuses(new() { DInitial = 0 }, "DInitial is 0, but it must be finite and not 0; 0.1 is usual");
        Refuses(new() { DInitial = double.NaN }, "DInitial is NaN, but it must be finite and not 0; 0.1 is usual");
        Refuses(new() { ProjectionKey = -1 }, "ProjectionKey is -1, but it must be 0 or more; 0 is usual");

        static void Refuses(VeraMethod method, string reason)
        {
            Assert.Equal($"fc: {reason}.", Assert.Throws<ArgumentException>(() => method.Validate("fc")).Message);
        }
    }

    [Fact]
    public void All_layers_have_one_rank_and_one_key()
    {
        using var model = Make.Model(() => new TwoRanks());
        Assert.Equal(
            "second: Rank is 4 here and 3 at first, and all layers of the adapter need the same.",
            Assert.Throws<ArgumentException>(() => model.AttachDifferingVera()).Message);
        Assert.Equal(
            "second: ProjectionKey is 7 here and 0 for the model, but what all layers of the adapter share needs the same. Set it on the model's attribute only.",
            Assert.Throws<ArgumentException>(() => model.AttachOnlySecondVera()).Message);
        using var vera = model.AttachSameVera();
        Assert.Equal(0.3, ((VeraSite)vera["second"]).LambdaD[0].item<float>(), 1e-6);
    }
}
