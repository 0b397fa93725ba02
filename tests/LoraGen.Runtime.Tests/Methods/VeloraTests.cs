using LoraGen.Runtime.Tests.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>VeLoRA against the paper's algorithm, and what its node keeps.</summary>
public sealed class VeloraTests
{
    private const int Steps = 24;
    private const double Rate = 0.05;

    // Algorithm 1 in plain numbers: v is the normalized mean of all parts, z_g = ⟨x_g, v⟩, x̂_g = scale · z_g · v, and the gradient of A has x̂ instead of x.
    [Theory, InlineData("first", 3, 1.0), InlineData("each", 2, 0.5)]
    public void Training_is_the_papers(string projection, int groups, double scale)
    {
        using var model = Make.Model(() => new OneLayer("Linear"), dtype: ScalarType.Float64);
        using var velora = LoraContractTests.Shaken<Adapter<OneLayer>>(projection == "first" ? model.AttachVelora() : model.AttachEachVelora());
        var site = (VeloraSite)velora.Sites[0];
        double[,] w = GloraReference.Numbers(site.Layer.Weight!), bias = GloraReference.Numbers(site.Layer.Bias!.view(-1, 1));
        double[,] a = GloraReference.Numbers(site.A), b = GloraReference.Numbers(site.B);
        var optimizer = optim.SGD(velora.TrainedParameters(), Rate);
        double[] v = [];
        const double s = 1.5;

        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            var (input, target) = (Make.Normal(50 + step, 4, 3, 6).add(0.3).to(ScalarType.Float64), Make.Normal(5, 4, 3, 5).to(ScalarType.Float64));
            optimizer.zero_grad();
            nn.functional.mse_loss(model.forward(input), target).backward();
            optimizer.step();

            double[,] x = GloraReference.Numbers(input.view(-1, 6)), t = GloraReference.Numbers(target.view(-1, 5));
            var (tokens, width) = (x.GetLength(0), 6 / groups);
            if (step == 0 || projection == "each")
            {
                double[] mean = [.. Enumerable.Range(0, width).Select(i => Sum(tokens, n => Sum(groups, g => x[n, (g * width) + i])) / (tokens * groups))];
                var norm = Math.Sqrt(mean.Sum(value => value * value));
                v = [.. mean.Select(value => value / norm)];
            }

            double Hidden(int n, int k) => Sum(6, j => a[k, j] * x[n, j]);
            double Gradient(int n, int i) => 2 * (Sum(6, j => w[i, j] * x[n, j]) + bias[i, 0] + (s * Sum(2, k => b[i, k] * Hidden(n, k))) - t[n, i]) / t.Length;
            double Projected(int n, int j) => scale * v[j % width] * Sum(width, i => x[n, (j / width * width) + i] * v[i]);
            double[,] ofA = new double[2, 6], ofB = new double[5, 2];
            for (var k = 0; k < 2; k++)
            {
                for (var j = 0; j < 6; j++)
                    ofA[k, j] = s * Sum(tokens, n => Projected(n, j) * Sum(5, i => Gradient(n, i) * b[i, k]));
                for (var i = 0; i < 5; i++)
                    ofB[i, k] = s * Sum(tokens, n => Gradient(n, i) * Hidden(n, k));
            }

            Descend(a, ofA);
            Descend(b, ofB);
        }

        Close(a, site.A);
        Close(b, site.B);
        Assert.All(v.Zip(site.V.detach().cpu().data<double>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void The_gradient_of_the_input_is_exact()
    {
        using var model = Make.Model(() => new OneLayer("Linear"), dtype: ScalarType.Float64);
        var input = OneLayer.Input("Linear").to(ScalarType.Float64).requires_grad_(true);
        using var velora = LoraContractTests.Shaken(model.AttachVelora());
        model.forward(input).pow(2).sum().backward();
        var merged = velora.Sites[0].Layer.Weight! + ((VeloraSite)velora.Sites[0]).Product();
        var output = model.forward(input).detach();
        Expect.Close((2 * output).matmul(merged), input.grad!, 1e-12);
    }

    // LoRA's node keeps the input, so that a change of it in place makes the backward pass fail; VeLoRA's doesn't.
    [Fact]
    public void The_node_does_not_keep_the_input()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var input = OneLayer.Input("Linear");
        using (LoraContractTests.Shaken(model.AttachLora()))
        {
            var output = model.forward(input);
            input.add_(1);
            Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => output.pow(2).mean().backward());
        }

        using var velora = LoraContractTests.Shaken(model.AttachVelora());
        var compressed = model.forward(input);
        input.add_(1);
        compressed.pow(2).mean().backward();
        Assert.All(velora.Parameters(), parameter => Assert.True(parameter.grad!.count_nonzero().item<long>() > 0));
    }

    // 512 tokens of 896 float32 numbers in 64 groups: one number of each group, and v.
    [Fact]
    public void What_the_node_keeps_in_bytes()
    {
        var (input, v) = (Make.Normal(1, 2, 256, 896), Make.Normal(3, 14));
        var z = VeloraProduct.Compressed(input, v);
        Assert.Equal((512 * 64 * 4) + (14 * 4), new[] { z, v }.Sum(tensor => tensor.numel() * tensor.element_size()));
        Assert.Equal(512 * 896 * 4, input.numel() * input.element_size());
    }

    [Fact]
    public void Without_training_mode_or_gradients_it_is_LoRA_and_sets_no_vector()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var input = OneLayer.Input("Linear");
        using var velora = LoraContractTests.Shaken(model.AttachVelora());
        var site = (VeloraSite)velora.Sites[0];
        model.eval();
        model.forward(input).pow(2).mean().backward();
        using (no_grad())
        {
            model.train();
            model.forward(input);
        }

        Assert.Equal(0, site.V.count_nonzero().item<long>());
        using var exact = site.A.grad!.clone();
        model.train();
        var trained = model.forward(input).detach();
        model.eval();
        Expect.Close(model.forward(input), trained, 1e-7);
        Assert.Equal(1, site.V.norm().item<float>(), 1e-5);
    }

    [Fact]
    public void The_first_vector_stays_also_in_the_file()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new OneLayer("Linear"));
        using (var velora = model.AttachVelora())
        {
            model.forward(OneLayer.Input("Linear"));
            velora.Save(folder.Path);
        }

        using var file = SafetensorsFile.Open(folder["adapter_model.safetensors"]);
        var saved = file.Read("base_model.model.layer.lora_velora_embed", TestDevice.Device);
        Assert.Equal([2], saved.shape);
        Assert.Equal(1, saved.norm().item<float>(), 1e-5);
        var config = PeftGoldenTests.Config(folder.Path)["velora_config"]!;
        Assert.Equal(
            (3, 1.0, "batch_average_once"),
            (config["num_groups"]!.GetValue<int>(), config["scale"]!.GetValue<double>(), config["init_type"]!.GetValue<string>()));

        using var again = model.AttachVeloraFrom(folder.Path);
        model.forward(Make.Normal(9, 4, 6));
        Expect.SameBits(saved, ((VeloraSite)again.Sites[0]).V);
    }

    [Fact]
    public void Files_of_other_options_are_refused()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new OneLayer("Linear"));
        using (var each = model.AttachEachVelora("default"))
            each.Save(folder.Path);
        var message = Assert.Throws<InvalidDataException>(() => model.AttachVeloraFrom(folder.Path)).Message;
        Assert.Contains("- velora_config has num_groups 2, but Groups is 3", message, StringComparison.Ordinal);
        Assert.Contains("- velora_config has scale 0.5, but GradientScale is 1", message, StringComparison.Ordinal);
        Assert.Contains("- velora_config has init_type \"batch_average\", but Projection is FirstBatch", message, StringComparison.Ordinal);
        Assert.Contains(
            "VeLoRA, which compresses activations for the backward pass, which LoraGen's LoRA does not have.",
            Assert.Throws<InvalidDataException>(() => model.AttachLoraFrom(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_count_is_LoRAs() => Assert.Equal(OneLayerLora.Count("Linear"), OneLayerVelora.Count("Linear"));

    [Fact]
    public void A_random_vector_has_length_1()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var velora = model.AttachRandomVelora();
        var before = Expect.Bytes(((VeloraSite)velora.Sites[0]).V);
        Assert.Equal(1, ((VeloraSite)velora.Sites[0]).V.norm().item<float>(), 1e-5);
        model.forward(OneLayer.Input("Linear"));
        Assert.Equal(before, Expect.Bytes(((VeloraSite)velora.Sites[0]).V));
    }

    [Theory]
    [InlineData("Linear", "Groups is 4, but the Linear has 6 inputs, which are not divided into so many equal parts; use a divisor, such as 3")]
    [InlineData("Embedding", "VeLoRA divides the inputs of a Linear into groups, but the layer is of kind Embedding.")]
    public void Layers_that_it_can_not_adapt_are_refused(string kind, string reason)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var before = ModelState.Of(model);
        Assert.StartsWith($"layer: {reason}", Assert.Throws<ArgumentException>(() => model.AttachIndivisibleVelora()).Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(model));
    }

    private static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);

    private static void Descend(double[,] values, double[,] gradient)
    {
        for (var i = 0; i < values.GetLength(0); i++)
        {
            for (var j = 0; j < values.GetLength(1); j++)
                values[i, j] -= Rate * gradient[i, j];
        }
    }

    private static void Close(double[,] expected, Tensor actual)
    {
        var numbers = GloraReference.Numbers(actual);
        for (var i = 0; i < expected.GetLength(0); i++)
        {
            for (var j = 0; j < expected.GetLength(1); j++)
                Assert.Equal(expected[i, j], numbers[i, j], 1e-12);
        }
    }
}

public sealed class VeloraContractTests : MethodContract<VeloraMethod, LinearAlone>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachVelora();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachVeloraFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachVeloraForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerVelora.Count(kind);

    // A's gradient is that of three numbers for six inputs.
    internal override double LearnedShare => 0.5;

    // The output, with A's part as a function of the projected input and the rest of it as a constant.
    internal override Func<Tensor> Differentiable(OneLayer model, AdapterBase adapter, Tensor input)
    {
        var site = (VeloraSite)adapter.Sites.Single();
        _ = model.forward(input);
        var parts = input.view(-1, 3, 2);
        var projected = parts.matmul(site.V.detach()).unsqueeze(-1).mul(site.V.detach()).view(input.shape);
        var start = site.A.detach().clone();
        return () =>
        {
            var hidden = nn.functional.linear(projected, site.A) + nn.functional.linear(input - projected, start);
            var linear = (TorchSharp.Modules.Linear)model.Layer;
            return nn.functional.linear(input, linear.weight, linear.bias) + (nn.functional.linear(hidden, site.B) * (Scalar)site.Scaling);
        };
    }
}
