using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>LoRA+ (arXiv:2402.12354): the groups of an adapter's parameters.</summary>
public sealed class LoraPlusTests
{
    private const int Steps = 24;
    private const double Rate = 0.01;
    private const double Ratio = 4;

    [Fact]
    public void B_has_the_higher_rate()
    {
        using var model = Make.Model(() => new Toy());
        using var lora = model.AttachLora();
        var groups = lora.ParameterGroups(Rate, Ratio);
        Assert.Equal([Rate, Rate * Ratio], groups.Select(group => group.LearningRate));
        Assert.Equal(Handles(lora.Sites.Cast<LoraSite>().Select(site => site.A)), Handles(groups[0].Parameters));
        Assert.Equal(Handles(lora.Sites.Cast<LoraSite>().Select(site => site.B)), Handles(groups[1].Parameters));
    }

    [Fact]
    public void Both_factors_of_an_Embedding_have_a_rate_of_their_own()
    {
        using var model = Make.Model(() => new OneLayer("Embedding"));
        using var lora = model.AttachLora();
        Assert.Equal(Rate, Assert.Single(lora.ParameterGroups(Rate, Ratio)).LearningRate);
        var group = Assert.Single(lora.ParameterGroups(Rate, Ratio, embeddingLearningRate: 1e-6));
        Assert.Equal((1e-6, 2), (group.LearningRate, group.Parameters.Count()));
    }

    // Magnitudes, biases and parts of the base model are neither A nor B; vectors don't decay.
    [Fact]
    public void Everything_else_has_the_rate_of_A()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var dora = model.AttachDora();
        var groups = dora.ParameterGroups(Rate, Ratio);
        Assert.Equal([Rate, Rate, Rate * Ratio], groups.Select(group => group.LearningRate));
        var magnitude = Assert.Single(groups[1].Parameters);
        Assert.Equal(((DoraSite)dora.Sites[0]).Magnitude.Handle, magnitude.Handle);
        using var optimizer = optim.AdamW(groups, weight_decay: 0.5);
        Assert.Equal([0.5, 0, 0.5], optimizer.ParamGroups.Cast<AdamW.ParamGroup>().Select(group => group.Options.weight_decay!.Value));

        using var toy = Make.Model(() => new Toy());
        using var biased = toy.AttachBiasedLora();
        Assert.Equal(Handles(biased.Parameters()).Order(), Handles(biased.ParameterGroups(Rate, Ratio).SelectMany(group => group.Parameters)).Order());
    }

    [Theory, InlineData(0, 4), InlineData(double.NaN, 4), InlineData(0.1, 0), InlineData(0.1, double.PositiveInfinity), InlineData(-1, 4)]
    public void Rates_are_positive_numbers(double rate, double ratio)
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var lora = model.AttachLora();
        Assert.Throws<ArgumentOutOfRangeException>(() => lora.ParameterGroups(rate, ratio));
    }

    // The paper's pseudocode is AdamW with two rates: by hand in float64.
    [Fact]
    public void Each_step_is_the_papers()
    {
        using var model = Make.Model(() => new OneLayer("Linear"), dtype: ScalarType.Float64);
        var input = Make.Normal(3, 12, 6).to(ScalarType.Float64);
        var target = Make.Normal(4, 12, 5).to(ScalarType.Float64);
        using var lora = LoraContractTests.Shaken(model.AttachLora());
        var site = (LoraSite)lora.Sites.Single();
        Tensor[] values = [site.A.detach().clone(), site.B.detach().clone()];
        Tensor[] first = [zeros_like(values[0]), zeros_like(values[1])];
        Tensor[] second = [zeros_like(values[0]), zeros_like(values[1])];
        using var optimizer = optim.AdamW(lora.ParameterGroups(Rate, Ratio));
        for (var t = 1; t <= Steps; t++)
        {
            using (no_grad())
            {
                var (weight, bias) = (model.Layer.parameters().First(), model.Layer.parameters().Last());
                var output = nn.functional.linear(input, weight + (values[1].mm(values[0]) * 1.5), bias);
                var ofWeight = ((output - target) * (2.0 / output.numel())).t().mm(input) * 1.5;
                Tensor[] gradients = [values[1].t().mm(ofWeight), ofWeight.mm(values[0].t())];
                for (var i = 0; i < 2; i++)
                {
                    first[i] = (first[i] * 0.9) + (gradients[i] * 0.1);
                    second[i] = (second[i] * 0.999) + (gradients[i].square() * 0.001);
                    var rate = i == 0 ? Rate : Rate * Ratio;
                    values[i] -= first[i] / (1 - Math.Pow(0.9, t)) / ((second[i] / (1 - Math.Pow(0.999, t))).sqrt() + 1e-8) * rate;
                }
            }

            optimizer.zero_grad();
            nn.functional.mse_loss(model.forward(input), target).backward();
            optimizer.step();
            Expect.Close(values[0], site.A, 1e-10, $"A after step {t}");
            Expect.Close(values[1], site.B, 1e-10, $"B after step {t}");
        }
    }

    // Only the methods with an A and a B that any optimizer trains.
    [Fact]
    public void Other_adapters_have_no_groups()
    {
        Assert.True(typeof(IParameterGroupSource).IsAssignableFrom(typeof(OneLayerPissa)));
        foreach (var type in new[] { typeof(OneLayerIa3), typeof(OneLayerAdaLora), typeof(OneLayerLoraFa), typeof(OneLayerGate) })
            Assert.False(typeof(IParameterGroupSource).IsAssignableFrom(type));
    }

    private static IEnumerable<IntPtr> Handles(IEnumerable<Parameter> parameters) => parameters.Select(parameter => parameter.Handle);
}
