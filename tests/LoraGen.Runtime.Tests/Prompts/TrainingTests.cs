using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Prompts;

/// <summary>Training, types, files.</summary>
public sealed class TrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Tensor _ids = tensor(new long[,] { { 1, 2 }, { 5, 0 }, { 3, 3 } });

    public static TheoryData<string> Cases => [.. Attach.Keys];

    private static Dictionary<string, Func<PromptedGpt, AdapterBase>> Attach { get; } = new()
    {
        ["prompt"] = model => model.AttachPromptTuning(),
        ["MLP"] = model => model.AttachPTuning(),
        ["LSTM"] = model => model.AttachRecurrentPTuning(name: "default"),
        ["prefix"] = model => model.AttachPrefixTuning(),
        ["projection"] = model => model.AttachProjectedPrefixTuning(name: "default"),
    };

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Cases))]
    public void One_batch_is_learned_and_every_parameter_moves(string name)
    {
        using var model = Make.Model(() => new PromptedGpt(6));
        model.eval();
        using var adapter = Attach[name](model);
        var before = adapter.TrainedParameters().Select(Expect.Bytes).ToArray();
        var bits = ModelState.BitsOf(model);
        using var optimizer = optim.AdamW(adapter.TrainedParameters(), lr: 0.03, weight_decay: 0);
        var target = Target(model);
        float Loss() => nn.functional.mse_loss(Last(model), target).item<float>();

        var first = Loss();
        for (var step = 0; step < 150; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.mse_loss(Last(model), target).backward();
            optimizer.step();
        }

        Assert.True(Loss() < first * 0.1, $"{first} → {Loss()}");
        Assert.All(adapter.TrainedParameters().Zip(before), pair => Assert.NotEqual(pair.Second, Expect.Bytes(pair.First)));
        Assert.Equal(bits, ModelState.BitsOf(model));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Files_bring_back_the_outputs_and_the_training(string name)
    {
        using var model = Make.Model(() => new PromptedGpt(6));
        model.eval();
        Tensor output;
        byte[][] values;
        using (var saved = Attach[name](model))
        {
            output = model.call(_ids, null).detach();
            values = [.. saved.TrainedParameters().Select(Expect.Bytes)];
            saved.Save(_folder.Path, taskType: "CAUSAL_LM");
        }

        using var again = Attach[name](model);
        again.Load(_folder.Path);
        Assert.Equal(values, again.TrainedParameters().Select(Expect.Bytes));
        Expect.SameBits(output, model.call(_ids, null).detach());
        var files = Directory.GetFiles(_folder.Path).ToDictionary(file => file, File.ReadAllBytes);
        again.Save(_folder.Path);
        Assert.All(files, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
    }

    [Theory, InlineData("MLP"), InlineData("LSTM")]
    public void Prompt_tuning_reads_and_trains_the_tokens_of_P_tuning(string name)
    {
        using var model = Make.Model(() => new PromptedGpt(6));
        model.eval();
        Tensor output;
        using (var saved = Attach[name](model))
        {
            output = model.call(_ids, null).detach();
            saved.Save(_folder.Path);
        }

        using var prompt = model.AttachPromptTuningFrom(_folder.Path);
        Expect.Close(output, model.call(_ids, null).detach(), 1e-6);
        prompt.Save(_folder.Path);
        var config = File.ReadAllText(_folder["adapter_config.json"]);
        Assert.Contains("\"PROMPT_TUNING\"", config, StringComparison.Ordinal);
        Assert.DoesNotContain("encoder", config, StringComparison.Ordinal);
        using var file = SafetensorsFile.Open(_folder["adapter_model.safetensors"]);
        Assert.Equal("prompt_embeddings", Assert.Single(file.Tensors).Name);
    }

    [Fact]
    public void A_prefix_without_projection_reads_and_trains_one_with_it()
    {
        using var model = Make.Model(() => new PromptedGpt(6));
        Tensor output;
        using (var saved = Attach["projection"](model))
        {
            output = model.call(_ids, null).detach();
            saved.Save(_folder.Path);
        }

        using (model.AttachPrefixTuningFrom(_folder.Path))
            Expect.Close(output, model.call(_ids, null).detach(), 1e-6);
        using var plain = model.AttachPrefixTuning();
        plain.Save(_folder.Path);
        plain.Dispose();
        var error = Assert.Throws<InvalidDataException>(() => model.AttachProjectedPrefixTuningFrom(_folder.Path, name: "default"));
        Assert.Contains("load the folder into a [PrefixTuning] adapter without Projection", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"num_virtual_tokens\": 3", "\"num_virtual_tokens\": 4", "num_virtual_tokens is 4, but Tokens is 3")]
    [InlineData("\"token_dim\": 8", "\"token_dim\": 4", "token_dim is 4, but the model's size is 8")]
    [InlineData("\"num_layers\": 2", "\"num_layers\": 4", "num_layers is 4, but the model's is 2")]
    [InlineData("\"num_attention_heads\": 2", "\"num_attention_heads\": 4", "num_attention_heads is 4, but the model's is 2")]
    [InlineData("\"num_transformer_submodules\": 1", "\"num_transformer_submodules\": 2", "num_transformer_submodules is 2")]
    [InlineData("PREFIX_TUNING", "PROMPT_TUNING", "peft_type is \"PROMPT_TUNING\", but the adapter is PREFIX_TUNING: attach one of [PromptTuning]")]
    [InlineData("\"revision\"", "\"new_key\": 5, \"revision\"", "new_key is 5, a key that LoraGen does not know")]
    public void Contradictions_are_refused(string old, string changed, string expected)
    {
        using var model = Make.Model(() => new PromptedGpt(6));
        using var adapter = model.AttachPrefixTuning();
        adapter.Save(_folder.Path);
        var config = File.ReadAllText(_folder["adapter_config.json"]);
        config = config.Contains(old, StringComparison.Ordinal)
            ? config.Replace(old, changed, StringComparison.Ordinal)
            : config.Replace("{", "{\"new_key\": 5,", StringComparison.Ordinal);
        File.WriteAllText(_folder["adapter_config.json"], config);

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => adapter.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_encoders_kind_must_agree()
    {
        using var model = Make.Model(() => new PromptedGpt(6));
        using (var saved = Attach["LSTM"](model))
            saved.Save(_folder.Path);

        using var mlp = model.AttachPTuning();
        var message = Assert.Throws<InvalidDataException>(() => mlp.Load(_folder.Path)).Message;
        Assert.Contains("encoder_reparameterization_type is \"LSTM\", but Encoder is Mlp", message, StringComparison.Ordinal);
        mlp.Dispose();
        using var recurrent = Attach["LSTM"](model);
        File.WriteAllText(
            _folder["adapter_config.json"],
            File.ReadAllText(_folder["adapter_config.json"]).Replace("\"encoder_dropout\": 0.5", "\"encoder_dropout\": 0.25", StringComparison.Ordinal));
        Assert.Contains(
            "encoder_dropout is 0.25, but EncoderDropout is 0.5",
            Assert.Throws<InvalidDataException>(() => recurrent.Load(_folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Cases))]
    public void In_half_precision_the_parameters_are_float32(string name)
    {
        using var model = Make.Model(() => new PromptedGpt(6), dtype: ScalarType.BFloat16);
        model.eval();
        using var adapter = Attach[name](model);
        Assert.All(adapter.TrainedParameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        var output = model.call(_ids, null);
        Assert.Equal(ScalarType.BFloat16, output.dtype);
        output.to(ScalarType.Float32).pow(2).sum().backward();
        Assert.All(adapter.TrainedParameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.grad!.dtype));

        using var wide = Make.Model(() => new PromptedGpt(6), dtype: ScalarType.Float64);
        using var other = Attach[name](wide);
        Assert.All(other.TrainedParameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.Equal(ScalarType.Float64, wide.call(_ids, null).dtype);
    }

    [Fact]
    public void A_classifier_is_trained_beside_them_and_saved_under_PEFTs_names()
    {
        using var model = Make.Model(() => new PromptedClassifier());
        var ids = tensor(new long[,] { { 1, 2, 3 } });
        Tensor output;
        using (var prompt = model.AttachPromptTuning())
        {
            Assert.Equal(3, prompt.TrainedParameters().Count);
            using (no_grad())
                prompt.TrainedParameters()[1].add_(1);
            output = model.call(ids).detach();
            prompt.Save(_folder.Path, taskType: "SEQ_CLS");
        }

        using (var file = SafetensorsFile.Open(_folder["adapter_model.safetensors"]))
        {
            string[] expected = ["base_model.classifier.bias", "base_model.classifier.weight", "prompt_embeddings"];
            Assert.Equal(expected, file.Tensors.Select(tensor => tensor.Name).Order());
        }

        using var again = model.AttachPromptTuningFrom(_folder.Path);
        Expect.SameBits(output, model.call(ids).detach());
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using var model = Make.Model(() => new PromptedGpt(6));
        using var prompt = model.AttachPTuning();
        using var prefix = model.AttachProjectedPrefixTuning();
        Assert.Equal(0, Memory.LiveTensors.LeftBy(Run, times: 50));
        Assert.Equal(0, Memory.LiveTensors.LeftBy(() => model.AttachRecurrentPTuning().Dispose(), times: 20, parameters: 21));

        void Run()
        {
            using var scope = NewDisposeScope();
            model.call(_ids, null).sum().backward();
        }
    }

    [Fact]
    public void For_inference_nothing_requires_a_gradient()
    {
        using var model = Make.Model(() => new PromptedGpt(6));
        Tensor output;
        using (var prompt = model.AttachPTuning())
        {
            output = model.call(_ids, null).detach();
            prompt.Save(_folder.Path);
        }

        using var inference = model.AttachPTuningForInference(_folder.Path);
        var read = model.call(_ids, null);
        Assert.False(read.requires_grad);
        Expect.SameBits(output, read);
    }

    private Tensor Last(PromptedGpt model) => model.call(_ids, null)[-1];

    // What the model says with other values of the base.
    private Tensor Target(PromptedGpt model) => (Last(model).detach() * 0.5) + (Make.Normal(9, 2, 11) * 0.05);
}
