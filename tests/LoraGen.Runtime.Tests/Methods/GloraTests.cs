using LoraGen.Runtime.Tests.Formats;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>GLoRA against the paper's formula, and what is GLoRA's alone.</summary>
public sealed class GloraTests
{
    private const int Steps = 24;
    private const double Rate = 0.02;

    public static TheoryData<string> Forms => ["low-rank", "vector", "constant", "weight", "bias"];

    // W' = W + W⊙A + B and b' = b + b⊙D + E + W·C, computed element by element; the derivatives of the mean squared error by W' and b' are passed on to the
    // parts by the chain rule, and each step is one of gradient descent.
    [Theory, MemberData(nameof(Forms))]
    public void Training_is_the_formulas(string form)
    {
        using var model = Make.Model(() => new OneLayer("Linear"), dtype: ScalarType.Float64);
        var input = OneLayer.Input("Linear").to(ScalarType.Float64);
        var target = Make.Normal(5, 4, 3, 5).to(ScalarType.Float64);
        using var glora = LoraContractTests.Shaken(Attach(model, form));
        var site = glora.Sites[0];
        var reference = new GloraReference(site);
        var (x, t) = (GloraReference.Numbers(input.view(-1, 6)), GloraReference.Numbers(target.view(-1, 5)));
        var optimizer = optim.SGD(glora.TrainedParameters(), Rate);

        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(model.forward(input), target);
            loss.backward();
            optimizer.step();
            Assert.Equal(reference.Step(x, t, Rate), loss.item<double>(), 1e-12);
        }

        foreach (var spec in site.Own.Specs)
        {
            var expected = reference[spec.Name];
            var actual = GloraReference.Numbers(site[spec.Name].view(spec.Shape[0], -1));
            for (var i = 0; i < expected.GetLength(0); i++)
            {
                for (var j = 0; j < expected.GetLength(1); j++)
                    Assert.Equal(expected[i, j], actual[i, j], 1e-12);
            }
        }
    }

    [Fact]
    public void It_starts_at_nothing_with_random_right_factors()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var glora = model.AttachGlora();
        var site = glora.Sites[0];
        Assert.All(new[] { "LeftA", "LeftB", "LeftC", "D", "E" }, name => Assert.Equal(0, site[name].count_nonzero().item<long>()));
        Assert.All(new[] { "RightA", "RightB" }, name => Assert.InRange(site[name].abs().max().item<float>(), 0.1f, 1 / MathF.Sqrt(6)));
        Assert.InRange(site["RightC"].abs().max().item<float>(), 0.01f, 1);
    }

    // Llama-3.2-3B: q_proj 3072 → 3072 and v_proj 3072 → 1024 in 28 layers, as PEFT counts them.
    [Theory]
    [InlineData(GloraPart.LowRank, 4_587_520)]
    [InlineData(GloraPart.Vector, 229_376)]
    [InlineData(GloraPart.Constant, 112)]
    public void Counts_are_PEFTs(GloraPart part, long expected)
    {
        var method = new GloraMethod { Rank = 8, PartAB = part, PartC = GloraPart.None, PartDE = GloraPart.None };
        var count = new[] { 3072L, 1024L }.Sum(outputs => method.Parameters(new(LayerKind.Linear, "Linear", 3072, outputs, [])).Sum(spec => spec.Elements));
        Assert.Equal(expected, 28 * count);
    }

    [Theory]
    [InlineData("Embedding", "GLoRA is defined for the weight and bias of a Linear, but the layer is of kind Embedding.")]
    [InlineData("Conv2d", "GLoRA is defined for the weight and bias of a Linear, but the layer is of kind Conv2d.")]
    [InlineData("Linear without bias", "PartC is LowRank and PartDE is Constant, but the Linear has no bias for C, D and E to change; set both to None there.")]
    public void Layers_that_it_can_not_adapt_are_refused(string kind, string reason)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var before = ModelState.Of(model);
        Assert.StartsWith($"layer: {reason}", Assert.Throws<ArgumentException>(() => model.AttachGlora()).Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void Without_C_D_and_E_a_layer_needs_no_bias()
    {
        using var model = Make.Model(() => new OneLayer("Linear without bias"));
        using var glora = LoraContractTests.Shaken(model.AttachWeightGlora());
        var input = OneLayer.Input("Linear");
        var active = model.forward(input).detach();
        glora.Merge();
        Expect.Close(active, model.forward(input), 2e-5);
    }

    [Fact]
    public void Forms_that_a_part_does_not_have_are_refused()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        Refuses(() => model.AttachNothingGlora(), "layer: PartAB is None, but PartC and PartDE are None too, so nothing trains; set one of them.");
        Refuses(() => model.AttachConstantCGlora(), "layer: PartC is Constant, but C is one column [in, 1]; use LowRank, Vector or None.");
        Refuses(() => model.AttachLowRankDGlora(), "layer: PartDE is LowRank, but D and E are vectors [out]; use Vector, Constant or None.");
    }

    // An unmerged weight is the original one, also where 1 + A is zero, by which PEFT divides.
    [Fact]
    public void A_factor_of_zero_is_unmerged_to_the_bit()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var before = ModelState.BitsOf(model);
        using var glora = model.AttachConstantGlora();
        using (no_grad())
            glora.Sites[0]["A"].fill_(-1);
        glora.Merge();
        Assert.Equal(0, ((TorchSharp.Modules.Linear)model.Layer).weight.count_nonzero().item<long>());
        glora.Unmerge();
        Assert.Equal(before, ModelState.BitsOf(model));
    }

    [Fact]
    public void Parts_that_are_none_are_PEFTs_buffers_of_zeros()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var glora = model.AttachWeightGlora("default");
        glora.Save(folder.Path);
        using (var file = SafetensorsFile.Open(folder["adapter_model.safetensors"]))
        {
            Assert.Equal(
                ["A.Xd [5, 2]", "A.Xu [2, 6]", "B.Xd [5, 2]", "B.Xu [2, 6]", "C.zeros [6, 1]", "D.zeros [5]", "E.zeros [5]"],
                file.Tensors.Select(tensor => $"{tensor.Name["base_model.model.layer.glora_".Length..]} [{string.Join(", ", tensor.Shape)}]").Order());
        }

        var config = PeftGoldenTests.Config(folder.Path);
        Assert.Equal(
            ("GLORA", 2, "lora", "none", "none"),
            (
                config["peft_type"]!.GetValue<string>(), config["r"]!.GetValue<int>(), config["config_A_B"]!.GetValue<string>(),
                config["config_C"]!.GetValue<string>(), config["config_D_E"]!.GetValue<string>()));
        using var other = Make.Model(() => new OneLayer("Linear"));
        var error = Assert.Throws<InvalidDataException>(() => other.AttachVectorGloraFrom(folder.Path, "default"));
        Assert.Contains("- config_A_B is \"lora\", but PartAB is Vector", error.Message, StringComparison.Ordinal);
        Assert.Contains("- config_D_E is \"none\", but PartDE is Vector", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_adapter_has_one_rank()
    {
        using var model = Make.Model(() => new InteropKinds());
        var error = Assert.Throws<ArgumentException>(() => model.AttachRanksGlora());
        Assert.Contains("blocks.0.fc2 has rank 3, A and B LowRank", error.Message, StringComparison.Ordinal);
        Assert.Contains("PEFT has one rank and one form of each part for all layers", error.Message, StringComparison.Ordinal);
    }

    internal static Adapter<OneLayer> Attach(OneLayer model, string form)
    {
        return form switch
        {
            "low-rank" => model.AttachGlora(),
            "vector" => model.AttachVectorGlora(),
            "constant" => model.AttachConstantGlora(),
            "weight" => model.AttachWeightGlora(),
            _ => model.AttachBiasGlora(),
        };
    }

    private static void Refuses(Func<IDisposable> attach, string expected)
    {
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(attach).Message, StringComparison.Ordinal);
    }
}

public sealed class GloraContractTests : MethodContract<GloraMethod, LinearAlone>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachGlora();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachGloraFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachGloraForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerGlora.Count(kind);
}

public sealed class VectorGloraContractTests : MethodContract<GloraMethod, LinearAlone>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachVectorGlora();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachVectorGloraFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachVectorGloraForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerVectorGlora.Count(kind);
}
