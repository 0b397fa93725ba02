using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Quantized;

/// <summary>LoftQ against its paper: each iteration brings Q + scaling · B·A nearer to W, and the first decomposes what plain quantisation leaves.</summary>
public class LoftqTests
{
    [Theory]
    [InlineData(Quantization.Nf4)]
    [InlineData(Quantization.Fp4)]
    [InlineData(Quantization.Nf2)]
    public void The_distance_falls_with_each_iteration(Quantization format)
    {
        using var scope = NewDisposeScope();
        var weight = Make.Normal(1, 96, 128);
        using var plain = QuantizedWeight.Of("layer", weight, new BaseQuantization(format));
        var distance = plain.Error;
        foreach (var iterations in Enumerable.Range(1, 4))
        {
            var next = Distance(weight, format, iterations);
            Assert.True(next < distance, $"{iterations} iterations: {next} after {distance}");
            distance = next;
        }
    }

    [Fact]
    public void The_first_iteration_decomposes_what_quantising_leaves()
    {
        using var scope = NewDisposeScope();
        var weight = Make.Normal(2, 48, 64);
        var (quantised, product, site) = Started(weight, Quantization.Nf4, 1);
        using var plain = QuantizedWeight.Of("layer", weight, new BaseQuantization(Quantization.Nf4));
        Expect.SameBits(plain.Dequantize(), quantised);

        var (u, s, vh) = linalg.svd((weight - quantised).to(ScalarType.Float64), fullMatrices: false);
        var best = u.narrow(1, 0, 4).mul(s.narrow(0, 0, 4)).matmul(vh.narrow(0, 0, 4)).to(ScalarType.Float32);
        Expect.Close(best, product, 1e-4);
        Expect.Close(site.A.norm(), site.B.norm(), 1e-3);
    }

    [Fact]
    public void An_attribute_starts_with_it()
    {
        using var model = Make.Model(() => new QuantizedModel());
        var weights = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone());
        using var lora = model.AttachLoftqLora();
        Assert.Equal(4, lora.Sites.Count);
        foreach (var site in lora.Sites.Cast<LoraSite>())
        {
            var residual = weights[$"{site.Path}.weight"] - site.State.Quantized!.Weight.Dequantize();
            Assert.True((residual - site.Product()).norm().item<float>() < 0.98 * residual.norm().item<float>());
        }
    }

    private static double Distance(Tensor weight, Quantization format, int iterations)
    {
        var (quantised, product, _) = Started(weight, format, iterations);
        return (weight - quantised - product).norm().item<float>() / weight.norm().item<float>();
    }

    private static (Tensor Quantised, Tensor Product, LoraSite Site) Started(Tensor weight, Quantization format, int iterations)
    {
        var linear = nn.Linear(weight.shape[1], weight.shape[0]);
        linear.weight = new Parameter(weight.clone());
        var method = new LoraMethod { Rank = 4, Alpha = 8, Base = format, LoftqIterations = iterations };
        var site = (LoraSite)method.CreateSite("layer", new Layers.BaseLayers().Find(linear)!, null);
        method.QuantizeBase(site, method.BaseOptions!);
        return (site.State.Quantized!.Weight.Dequantize(), site.Product(), site);
    }
}
