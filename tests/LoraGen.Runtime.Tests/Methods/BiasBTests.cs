using LoraGen.Runtime.Tests.Formats;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>LoRA with a bias on B.</summary>
public sealed class BiasBTests
{
    private const int Steps = 24;
    private const double Rate = 0.05;

    // y = W·x + b + s·(B·A·x + c), trained by gradient descent on the mean squared error: every derivative is written by hand, in float64.
    [Fact]
    public void Training_is_the_formulas()
    {
        using var model = Make.Model(() => new OneLayer("Linear"), dtype: ScalarType.Float64);
        var input = OneLayer.Input("Linear").to(ScalarType.Float64);
        var target = Make.Normal(5, 4, 3, 5).to(ScalarType.Float64);
        using var lora = LoraContractTests.Shaken(model.AttachBiasedBLora());
        var site = (LoraSite)lora.Sites[0];
        var (x, t, w, bias) = (Numbers(input.view(-1, 6)), Numbers(target.view(-1, 5)), Numbers(site.Layer.Weight!), Numbers(site.Layer.Bias!.view(1, -1)));
        var (a, b, c) = (Numbers(site.A), Numbers(site.B), Numbers(site.BiasB!.view(1, -1)));
        const double s = 3.0 / 2;
        var optimizer = optim.SGD(lora.Parameters(), Rate);

        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.mse_loss(model.forward(input), target).backward();
            optimizer.step();

            var hidden = Product(x, Transposed(a));
            var output = Product(hidden, Transposed(b));
            var gradient = new double[x.GetLength(0), 5];
            var wx = Product(x, Transposed(w));
            for (var i = 0; i < x.GetLength(0); i++)
            {
                for (var j = 0; j < 5; j++)
                    gradient[i, j] = 2 * (wx[i, j] + bias[0, j] + (s * (output[i, j] + c[0, j])) - t[i, j]) / t.Length;
            }

            var ofA = Product(Transposed(Product(gradient, b)), x);
            var ofB = Product(Transposed(gradient), hidden);
            for (var j = 0; j < 5; j++)
                c[0, j] -= Rate * s * Enumerable.Range(0, x.GetLength(0)).Sum(i => gradient[i, j]);
            Subtract(a, ofA, Rate * s);
            Subtract(b, ofB, Rate * s);
        }

        Close(a, site.A);
        Close(b, site.B);
        Close(c, site.BiasB!.view(1, -1));
    }

    [Theory, InlineData("Linear"), InlineData("Conv1d"), InlineData("grouped Conv1d"), InlineData("Conv2d"), InlineData("Conv3d")]
    public void The_output_has_the_scaled_bias(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var input = OneLayer.Input(kind);
        using var lora = LoraContractTests.Shaken(model.AttachBiasedBLora());
        var site = (LoraSite)lora.Sites[0];
        var output = model.forward(input).detach();
        var bias = site.BiasB!.detach().clone();
        using var noGrad = no_grad();
        site.BiasB!.zero_();
        Expect.Close(model.forward(input) + site.Layer.AlongOutput(bias * 1.5), output, 1e-5);
    }

    [Fact]
    public void It_starts_at_zero()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var lora = model.AttachBiasedBLora();
        Assert.Equal(0, ((LoraSite)lora.Sites[0]).BiasB!.count_nonzero().item<long>());
        using var plain = model.AttachLora();
        Assert.Null(((LoraSite)plain.Sites[0]).BiasB);
    }

    [Fact]
    public void It_is_counted() => Assert.Equal((2 * (6 + 5)) + 5, OneLayerBiasedBLora.Count("Linear").Trainable);

    [Fact]
    public void A_layer_without_a_bias_trains_but_is_not_merged()
    {
        using var model = Make.Model(() => new OneLayer("Linear without bias"));
        var before = ModelState.Of(model);
        using var lora = model.AttachBiasedBLora();
        model.forward(OneLayer.Input("Linear")).pow(2).mean().backward();
        Assert.NotNull(((LoraSite)lora.Sites[0]).BiasB!.grad);

        var error = Assert.Throws<InvalidOperationException>(lora.Merge);
        Assert.Equal(
            "layer: the Linear has no bias, so B's bias can't be merged. Leave the adapter attached, or leave BiasB out there.", error.Message);
        Assert.False(lora.IsMerged);
        lora.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void An_Embedding_and_Reparametrize_are_refused()
    {
        using var embedding = Make.Model(() => new OneLayer("Embedding"));
        Assert.StartsWith(
            "layer: BiasB gives B a bias, which PEFT has for no Embedding.",
            Assert.Throws<ArgumentException>(() => embedding.AttachBiasedBLora()).Message,
            StringComparison.Ordinal);
        using var linear = Make.Model(() => new OneLayer("Linear"));
        Assert.StartsWith(
            "layer: BiasB adds to the layer's output, but with Reparametrize only its weight is set.",
            Assert.Throws<ArgumentException>(() => linear.AttachSetBiasedBLora()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void PEFTs_key_must_agree()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new OneLayer("Linear"));
        using (var biased = LoraContractTests.Shaken(model.AttachBiasedBLora("default")))
            biased.Save(folder.Path);
        var config = PeftGoldenTests.Config(folder.Path);
        Assert.True(config["lora_bias"]!.GetValue<bool>());
        Assert.True(config["init_lora_weights"]!.GetValue<bool>());
        Refuses(model => model.AttachLoraFrom(folder.Path), "- lora_bias is true, but BiasB is false\n");
        Refuses(model => model.AttachDoraFrom(folder.Path), "- lora_bias is true: a bias on B, which LoraGen's DoRA does not have.");

        using (var plain = model.AttachLora())
            plain.Save(folder.Path);
        Refuses(model => model.AttachBiasedBLoraFrom(folder.Path, "default"), "- lora_bias is false, but BiasB is true at layer\n");
    }

    // PEFT's key is one for all layers.
    [Fact]
    public void Layers_without_it_are_written_with_zeros()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new InteropKinds());
        byte[][] saved;
        using (var lora = LoraContractTests.Shaken(model.AttachPartlyBiasedLora("default")))
        {
            lora.Save(folder.Path);
            saved = [.. lora.Parameters().Select(Expect.Bytes)];
        }

        using (var file = SafetensorsFile.Open(folder["adapter_model.safetensors"]))
        {
            Assert.Equal([5], file["base_model.model.fc.lora_B.bias"].Shape);
            Assert.Equal(0, file.Read("base_model.model.blocks.0.fc2.lora_B.bias").count_nonzero().item<long>());
        }

        using (var again = model.AttachPartlyBiasedLoraFrom(folder.Path, "default"))
            Assert.Equal(saved, again.Parameters().Select(Expect.Bytes));

        using (var all = LoraContractTests.Shaken(model.AttachAllBiasedBLora("default")))
            all.Save(folder.Path);
        using var partly = model.AttachPartlyBiasedLora("default");
        var before = partly.Parameters().Select(Expect.Bytes).ToArray();
        Assert.Contains(
            "- tensor base_model.model.blocks.0.fc2.lora_B.bias has values, but BiasB is false at blocks.0.fc2",
            Assert.Throws<InvalidDataException>(() => partly.Load(folder.Path)).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, partly.Parameters().Select(Expect.Bytes));
    }

    private static void Refuses(Func<OneLayer, IDisposable> attach, string expected)
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => attach(model)).Message + "\n", StringComparison.Ordinal);
    }

    private static double[,] Numbers(Tensor tensor)
    {
        var numbers = tensor.detach().cpu().contiguous().data<double>().ToArray();
        var (rows, columns) = ((int)tensor.shape[0], (int)tensor.shape[1]);
        var result = new double[rows, columns];
        for (var i = 0; i < numbers.Length; i++)
            result[i / columns, i % columns] = numbers[i];
        return result;
    }

    private static double[,] Product(double[,] left, double[,] right)
    {
        var result = new double[left.GetLength(0), right.GetLength(1)];
        for (var i = 0; i < result.GetLength(0); i++)
        {
            for (var j = 0; j < result.GetLength(1); j++)
                result[i, j] = Enumerable.Range(0, left.GetLength(1)).Sum(k => left[i, k] * right[k, j]);
        }

        return result;
    }

    private static double[,] Transposed(double[,] matrix)
    {
        var result = new double[matrix.GetLength(1), matrix.GetLength(0)];
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            for (var j = 0; j < matrix.GetLength(1); j++)
                result[j, i] = matrix[i, j];
        }

        return result;
    }

    private static void Subtract(double[,] from, double[,] what, double factor)
    {
        for (var i = 0; i < from.GetLength(0); i++)
        {
            for (var j = 0; j < from.GetLength(1); j++)
                from[i, j] -= factor * what[i, j];
        }
    }

    private static void Close(double[,] expected, Tensor actual)
    {
        var numbers = Numbers(actual);
        for (var i = 0; i < expected.GetLength(0); i++)
        {
            for (var j = 0; j < expected.GetLength(1); j++)
                Assert.Equal(expected[i, j], numbers[i, j], 1e-12);
        }
    }
}

public sealed class BiasBContractTests : MethodContract<LoraMethod, AllButEmbedding>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachBiasedBLora();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachBiasedBLoraFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachBiasedBLoraForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerBiasedBLora.Count(kind);
}
