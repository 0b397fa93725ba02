using System.Text.Json.Nodes;
using LoraGen.Runtime.Tests.Formats;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>What is OFT's alone.</summary>
public sealed class OftTests
{
    private const double Epsilon = 0.1;

    [Fact]
    public void The_input_is_rotated_and_the_bias_left_alone()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var input = OneLayer.Input("Linear");
        using var oft = LoraContractTests.Shaken(model.AttachExactOft());
        var site = (OftSite)oft.Sites[0];
        var blocks = site.Rotation();
        Assert.Equal([2, 3, 3], blocks.shape);
        Assert.Equal(3, site.BlockSize);
        var rotated = input.matmul(block_diag(blocks[0], blocks[1]));
        Expect.Close(input.norm(-1, keepdim: false), rotated.norm(-1, keepdim: false), 1e-5);
        var active = model.forward(input).detach();
        var bias = ((TorchSharp.Modules.Linear)model.Layer).bias!.detach().clone();
        oft.Merge();
        Expect.SameBits(bias, ((TorchSharp.Modules.Linear)model.Layer).bias!);
        oft.Unmerge();
        oft.IsActive = false;
        Expect.Close(model.forward(rotated), active, 1e-5);
    }

    // What the paper keeps: the angles between the neurons, and their lengths.
    [Fact]
    public void Merging_keeps_the_products_of_the_rows()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var weight = ((TorchSharp.Modules.Linear)model.Layer).weight!;
        var products = weight.matmul(weight.t()).detach();
        using var oft = LoraContractTests.Shaken(model.AttachExactOft());
        oft.Merge();
        var merged = ((TorchSharp.Modules.Linear)model.Layer).weight!;
        Expect.Close(products, merged.matmul(merged.t()), 1e-6);
    }

    // Llama-3.2-3B: q_proj 3072 → 3072 and v_proj 3072 → 1024 in 28 layers, as PEFT counts them.
    [Fact]
    public void Counts_are_PEFTs()
    {
        Assert.Equal(8_171_520, Count(new OftMethod { BlockSize = 96 }));
        Assert.Equal(8_171_520, Count(new OftMethod { Blocks = 32 }));
        Assert.Equal(255_360, Count(new OftMethod { BlockSize = 96, BlockShare = true }));

        static long Count(OftMethod method) => new[] { 3072L, 1024L }
            .Sum(outputs => 28 * method.Parameters(new(LayerKind.Linear, "Linear", 3072, outputs, [])).Sum(spec => spec.Elements));
    }

    [Theory]
    [InlineData("indivisible", "BlockSize is 4, but the Linear has 6 inputs, which it does not divide into equal blocks of at least 2; use 2, 3 or 6.")]
    [InlineData("indivisible blocks", "Blocks is 4, but the Linear has 6 inputs, which it does not divide into equal blocks of at least 2; use 1, 2 or 3.")]
    [InlineData("single", "Blocks is 6, but the Linear has 6 inputs, which it does not divide into equal blocks of at least 2; use 1, 2 or 3.")]
    public void Blocks_that_do_not_divide_the_inputs_are_refused_with_those_that_do(string name, string reason)
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var before = ModelState.Of(model);
        Func<IDisposable> attach = name switch
        {
            "indivisible" => () => model.AttachIndivisibleOft(),
            "indivisible blocks" => () => model.AttachIndivisibleBlocksOft(),
            _ => () => model.AttachSingleOft(),
        };
        Assert.StartsWith($"layer: {reason}", Assert.Throws<ArgumentException>(attach).Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(model));
    }

    [Theory, InlineData(1, "leave the layer out of the targets"), InlineData(7, "use 7"), InlineData(0, "leave the layer out of the targets")]
    public void Of_few_inputs_there_is_little_choice(long inputs, string advice)
    {
        Assert.EndsWith(advice, new OftMethod().Unsupported(new(LayerKind.Linear, "Linear", inputs, 4, []))!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BlockSize is 65, but the Linear has 5040 inputs, which it does not divide into equal blocks of at least 2; use 60, 63, 70 or 72", 65, 0)]
    [InlineData("Blocks is 5040, but the Linear has 5040 inputs, which it does not divide into equal blocks of at least 2; use 1008, 1260, 1680 or 2520", 0, 5040)]
    public void Of_many_divisors_the_nearest_are_named(string message, int size, int blocks)
    {
        var method = new OftMethod { BlockSize = size, Blocks = blocks };
        Assert.Equal(message, method.Unsupported(new(LayerKind.Linear, "Linear", 5040, 4, []))!.Message);
    }

    [Fact]
    public void The_size_and_the_number_of_blocks_are_not_set_both()
    {
        Assert.Equal(
            "Blocks is 2, but it must be 0 while BlockSize is 3, or BlockSize must be 0; one of the two is usual",
            Assert.Single(new OftMethod { BlockSize = 3, Blocks = 2 }.Faults()).Message);
    }

    [Theory, InlineData("Embedding"), InlineData("Conv2d")]
    public void Other_layers_are_refused(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        Assert.StartsWith(
            $"layer: OFT rotates the inputs of a Linear, but the layer is of kind {kind}. Leave the layer out",
            Assert.Throws<ArgumentException>(() => model.AttachOft()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Constrained_the_norm_stays_below_its_maximum_with_any_optimizer()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var input = OneLayer.Input("Linear");
        using var oft = model.AttachConstrainedOft();
        var site = (OftSite)oft.Sites[0];
        var optimizer = optim.SGD(oft.Parameters(), 0.5);
        var plain = model.forward(input).detach();
        for (var step = 0; step < 20; step++)
        {
            optimizer.zero_grad();

            // Two calls before one backward pass, of which the second reduces the values that the first has used.
            (nn.functional.mse_loss(model.forward(input), plain + 1) + nn.functional.mse_loss(model.forward(-input), plain)).backward();
            optimizer.step();
        }

        _ = model.forward(input);
        var maximum = Epsilon / Math.Sqrt(2);
        Assert.All(Norms(site), norm => Assert.Equal(maximum, norm, maximum * 1e-5));

        // The same values again.
        var bits = Expect.Bytes(site.Q);
        _ = model.forward(input);
        Assert.Equal(bits, Expect.Bytes(site.Q));
    }

    [Fact]
    public void Values_beyond_the_maximum_act_as_if_they_were_reduced_and_stay_as_they_are_without_training()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var input = OneLayer.Input("Linear");
        using var oft = model.AttachConstrainedOft();
        var site = (OftSite)oft.Sites[0];
        var direction = Make.Normal(5, 2, 3);
        Set(direction * 10);
        var bits = Expect.Bytes(site.Q);
        model.eval();
        var output = model.forward(input).detach();
        Assert.Equal(bits, Expect.Bytes(site.Q));

        Set(direction / direction.norm(1, keepdim: true) * (Epsilon / Math.Sqrt(2 * 2)));
        Expect.Close(output, model.forward(input), 1e-6);
        Set(direction * 10);
        oft.Merge();
        Expect.Close(output, model.forward(input), 1e-6);
        oft.Unmerge();

        model.train();
        Expect.Close(output, model.forward(input), 1e-6);
        Assert.All(Norms(site), norm => Assert.Equal(Epsilon / Math.Sqrt(2), norm, 1e-5));

        void Set(Tensor values)
        {
            using var noGrad = no_grad();
            site.Q.copy_(values);
        }
    }

    // The factor of about 1.3e-6 has one digit in 16 bits.
    [Fact]
    public void Values_of_16_bits_are_reduced_as_those_of_32()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var oft = model.AttachConstrainedOft();
        oft.To(ScalarType.Float16);
        var site = (OftSite)oft.Sites[0];
        float[] values = [30000, 20000, 10000];
        var factor = (float)(Epsilon / Math.Sqrt(2 * 2) / Math.Sqrt(values.Sum(value => (double)value * value)));
        var reduced = tensor(values, device: TestDevice.Device).mul(factor).expand(2, 3);
        using (no_grad())
            site.Q.copy_(tensor(values));
        Expect.Close(BlockRotation.Neumann(BlockRotation.Skew(reduced, 3), 5), site.Rotation(), 1e-6);

        _ = model.forward(OneLayer.Input("Linear"));
        Expect.SameBits(reduced.to(ScalarType.Float16), site.Q);
    }

    [Fact]
    public void Dropout_acts_in_training_only()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var input = OneLayer.Input("Linear");
        using var oft = LoraContractTests.Shaken(model.AttachDroppedOft());
        random.manual_seed(2);
        var outputs = Enumerable.Range(0, 20).Select(_ => Convert.ToHexString(Expect.Bytes(model.forward(input)))).Distinct().Count();
        Assert.InRange(outputs, 2, 8);
        model.eval();
        var merged = model.forward(input).detach();
        Expect.SameBits(merged, model.forward(input));
        oft.Merge();
        Expect.Close(merged, model.forward(input), 1e-5);
    }

    [Fact]
    public void PEFTs_config_has_the_options()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new InteropKinds());
        using (var oft = model.AttachCountedOft())
            oft.Save(folder.Path);
        var config = PeftGoldenTests.Config(Path.Combine(folder.Path, "counted"));
        Assert.Equal(
            "OFT 2 0 0 true 0.01 false false 5 0.18.0",
            string.Join(
                ' ',
                config["peft_type"]!.GetValue<string>(), config["r"], config["oft_block_size"], config["module_dropout"], config["coft"], config["eps"],
                config["block_share"], config["use_cayley_neumann"], config["num_cayley_neumann_terms"], config["peft_version"]!.GetValue<string>()));
        model.AttachCountedOftFrom(folder.Path).Dispose();
    }

    // PEFT moves a size to the nearest divisor of each layer's inputs.
    [Fact]
    public void Sizes_of_several_layers_are_written_if_PEFT_finds_them_by_one()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new InteropKinds());
        using (var oft = model.AttachSizesOft())
        {
            oft.Save(folder.Path);
            Assert.Equal([6, 6, 7, 6, 7], oft.Sites.Select(site => ((OftSite)site).BlockSize));
        }

        Assert.Equal("6 0", $"{PeftGoldenTests.Config(Folder())["oft_block_size"]} {PeftGoldenTests.Config(Folder())["r"]}");
        var error = Assert.Throws<ArgumentException>(() => model.AttachDifferentSizesOft());
        Assert.Contains("fc has blocks of 2, blocks.0.fc1 has blocks of 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("PEFT has one size or number of blocks for all layers", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => model.AttachDifferentTermsOft());
        Assert.Contains("PEFT has one form of OFT for all layers", error.Message, StringComparison.Ordinal);

        string Folder() => Path.Combine(folder.Path, "sizes");
    }

    [Theory]
    [InlineData("oft_block_size", "2", "oft_block_size is 2, which are blocks of 2, but they are of 4 at layers.0.attn.q_proj and 5 more")]
    [InlineData("oft_block_size", "null", "r is 0 and oft_block_size is 0, but exactly one of the two must be set")]
    [InlineData("r", "8", "r is 8 and oft_block_size is 4, but exactly one of the two must be set")]
    [InlineData("coft", "true", "coft is true, but Constrained is false")]
    [InlineData("block_share", "true", "block_share is true, but BlockShare is false")]
    [InlineData("use_cayley_neumann", "true", "num_cayley_neumann_terms is 5, but NeumannTerms is 0")]
    [InlineData("module_dropout", "0.1", "module_dropout is 0.1, but Dropout is 0")]
    [InlineData("lora_alpha", "8", "lora_alpha is 8, a key that LoraGen does not know for OFT")]
    public void A_config_of_another_adapter_is_refused(string key, string value, string expected) => Refuses("toy_oft", key, value, expected);

    [Theory]
    [InlineData("peft_version", "'0.17.1'", "peft_version is \"0.17.1\" and use_cayley_neumann is true: before PEFT 0.18 another series was computed")]
    [InlineData("peft_version", "null", "peft_version is null and use_cayley_neumann is true")]
    [InlineData("num_cayley_neumann_terms", "6", "num_cayley_neumann_terms is 6, but NeumannTerms is 5")]
    [InlineData("use_cayley_neumann", "false", "use_cayley_neumann is false, but NeumannTerms is 5")]
    public void A_config_of_another_series_is_refused(string key, string value, string expected) => Refuses("toy_oft_neumann", key, value, expected);

    [Fact]
    public void A_series_that_an_older_config_does_not_mention_is_refused() => Refuses(
        "toy_oft_neumann",
        config => _ = config.Remove("use_cayley_neumann") && config.Remove("peft_version"),
        "peft_version is null and use_cayley_neumann is missing, which means true: before PEFT 0.18 another series was computed");

    private static void Refuses(string golden, string key, string value, string expected)
    {
        Refuses(golden, config => config[key] = JsonNode.Parse(value.Replace('\'', '"')), expected);
    }

    private static void Refuses(string golden, Action<JsonObject> change, string expected)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Goldens", golden, "adapter")))
            File.Copy(file, folder[Path.GetFileName(file)]);
        var config = PeftGoldenTests.Config(folder.Path);
        change(config);
        File.WriteAllText(folder["adapter_config.json"], config.ToJsonString());
        using var model = Make.Model(() => new Toy());
        var error = Assert.Throws<InvalidDataException>(
            () => golden == "toy_oft" ? (Adapter)model.AttachOftFrom(folder.Path) : model.AttachNeumannOftFrom(folder.Path, "default"));
        Assert.Contains($"\n- {expected}", error.Message, StringComparison.Ordinal);
    }

    // The Frobenius norm of Q of each block, times √blocks.
    private static IEnumerable<double> Norms(OftSite site)
    {
        var skew = BlockRotation.Skew(site.Q.detach(), site.BlockSize);
        return Enumerable.Range(0, (int)skew.shape[0]).Select(block => (double)skew[block].norm().item<float>());
    }
}
