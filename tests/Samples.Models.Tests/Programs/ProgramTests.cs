using System.CommandLine;
using System.Globalization;
using Inference;
using Inference.Loading;
using LoraGen;
using Models.Bert;
using Models.Qwen2;
using Samples.Models.Tests.Goldens;
using Samples.Models.Tests.Tokenizing;
using Samples.Tests;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Programs;

/// <summary>samples/Inference as a user runs it, on folders as Hugging Face and PEFT lay them out.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Qwen2Golden _golden = new("qwen2_lora");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Logits_are_those_of_transformers_and_PEFT()
    {
        Qwen2Golden.WriteCheckpoint(_folder.Path);
        var ids = string.Join(',', _golden.Ids[0].data<long>().ToArray());

        Expect.Close(_golden.Expected("output_disabled")[0], Numbers(await Output("--ids", ids, "--logits")), 2e-5);
        Expect.Close(_golden.Expected("output_active")[0], Numbers(await Output("--ids", ids, "--logits", "--adapter", _golden.AdapterFolder)), 2e-5);
    }

    /// <summary>The program has a cache; here each token is found from the whole text again.</summary>
    [Fact]
    public async Task Greedy_tokens_are_those_of_full_recomputation()
    {
        Qwen2Golden.WriteCheckpoint(_folder.Path);
        using var noGrad = no_grad();
        using var model = Qwen2Golden.Model();
        using var lora = model.AttachLoraForInference(_golden.AdapterFolder);
        List<long> text = [.. _golden.Ids[1].data<long>().ToArray()];
        var prompt = text.Count;
        while (text.Count < prompt + 20)
            text.Add(model.call(Make.Batch([.. text]), null, null, null)[0, -1].argmax().item<long>());

        var output = await Output(
            "--ids", string.Join(',', text.Take(prompt)), "--max-tokens", "20", "--adapter", _golden.AdapterFolder);
        Assert.Equal(string.Join(',', text.Skip(prompt)), output.Trim());
    }

    [Fact]
    public async Task An_end_token_ends_it()
    {
        Qwen2Golden.WriteCheckpoint(_folder.Path);
        var ids = (await Output("--ids", "60,17,93", "--max-tokens", "8")).Trim().Split(',');
        var end = Array.FindIndex(ids, 1, id => !ids.Take(1).Contains(id)); // A token that is not the first one.
        _folder.Write("generation_config.json", $$"""{ "eos_token_id": [125, {{ids[end]}}] }""");

        Assert.Equal(string.Join(',', ids.Take(Array.IndexOf(ids, ids[end]))), (await Output("--ids", "60,17,93", "--max-tokens", "8")).Trim());
    }

    [Fact]
    public async Task A_prompt_becomes_text()
    {
        Qwen2Golden.WriteCheckpoint(_folder.Path);
        var file = TokenizerFile.ByteLevel();
        _folder.Write("tokenizer.json", file.ToJsonString());

        // Tokens 0 to 127, the model's vocabulary, are ASCII here.
        var tokens = (await Output("--ids", "104,101,108,108,111", "--max-tokens", "12")).Trim().Split(',');
        var text = await Output("--prompt", "hello", "--max-tokens", "12");
        Assert.Equal(string.Concat(tokens.Select(token => (char)int.Parse(token, CultureInfo.InvariantCulture))) + Environment.NewLine, text);
    }

    [Fact]
    public async Task Drawn_tokens_follow_the_seed()
    {
        Qwen2Golden.WriteCheckpoint(_folder.Path);
        string[] drawn = ["--ids", "60,17", "--temperature", "2", "--top-p", "0.95", "--seed"];
        var first = await Output([.. drawn, "1"]);
        Assert.Equal(first, await Output([.. drawn, "1"]));
        Assert.NotEqual(first, await Output([.. drawn, "2"]));
    }

    /// <summary>A checkpoint of an older transformers: gamma and beta, and a buffer that is none today.</summary>
    [Fact]
    public async Task Bert_shows_the_logits_of_its_classes()
    {
        var config = new BertConfig
        {
            VocabSize = 29, HiddenSize = 18, IntermediateSize = 40, NumHiddenLayers = 2, NumAttentionHeads = 3, MaxPositionEmbeddings = 16, NumLabels = 3,
        };
        using var noGrad = no_grad();
        using var model = Make.Model(() => new BertForSequenceClassification(config));
        var state = model.state_dict().ToDictionary(
            entry => entry.Key
                .Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal)
                .Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal),
            entry => entry.Value);
        state["bert.embeddings.position_ids"] = arange(16).unsqueeze(0);
        SafetensorsWriter.Write(_folder["model.safetensors"], state, new Dictionary<string, string> { ["format"] = "pt" });
        _folder.Write("config.json", """
            { "architectures": ["BertForSequenceClassification"], "model_type": "bert", "vocab_size": 29, "hidden_size": 18, "intermediate_size": 40,
              "num_hidden_layers": 2, "num_attention_heads": 3, "max_position_embeddings": 16, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
              "hidden_act": "gelu", "id2label": { "0": "no", "1": "maybe", "2": "yes" } }
            """);

        Expect.Close(model.call(Make.Batch([5, 9, 2, 6]), null, null), Numbers(await Output("--ids", "5,9,2,6")), 1e-5);
    }

    [Theory]
    [InlineData("Give either --prompt or --ids.")]
    [InlineData("Give either --prompt or --ids.", "--ids", "1", "--prompt", "a")]
    [InlineData("\"x\" is no token", "--ids", "1,x")]
    [InlineData("give a --temperature too", "--ids", "1", "--seed", "3")]
    [InlineData("--temperature must be above 0", "--ids", "1", "--temperature", "0")]
    [InlineData("--logits generates nothing", "--ids", "1", "--logits", "--max-tokens", "3")]
    [InlineData("--top-p must be above 0", "--ids", "1", "--temperature", "1", "--top-p", "1.5")]
    [InlineData("--max-tokens must be at least 1", "--ids", "1", "--max-tokens", "0")]
    public void Wrong_arguments_are_reported(string expected, params string[] arguments)
    {
        var parsed = RequestCommand.Running(_ => 0).Parse(["--model", _folder.Path, .. arguments]);
        Assert.Contains(expected, Assert.Single(parsed.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("has no tokenizer.json", "--prompt", "a")]
    [InlineData("Token 128 is none of the model's, which has 0 to 127.", "--ids", "1,128")]
    [InlineData("holds no adapter_config.json", "--ids", "1", "--adapter", "EMPTY")]
    [InlineData("lora_alpha / √r is 5.65", "--ids", "1", "--adapter", "RSLORA")]
    public void Contradictions_are_reported(string expected, params string[] arguments)
    {
        Qwen2Golden.WriteCheckpoint(_folder.Path);
        string[] told = [.. arguments.Select(argument => argument switch
        {
            "EMPTY" => Directory.CreateDirectory(_folder["empty"]).FullName,
            "RSLORA" => new Qwen2Golden("qwen2_rslora").AdapterFolder,
            _ => argument,
        })];
        var command = RequestCommand.Running(request =>
        {
            var error = Assert.ThrowsAny<Exception>(() => new Run(request, TextWriter.Null).Execute());
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
            return 5;
        });
        Assert.Equal(5, command.Parse(["--model", _folder.Path, .. told]).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
    }

    [Fact]
    public async Task A_folder_without_a_checkpoint_is_named()
    {
        var (exitCode, output) = await SampleProgram.Run("Inference", "--model", _folder.Path, "--ids", "1");
        Assert.Equal(1, exitCode);
        Assert.Equal($"\"{_folder.Path}\" has no config.json: it is not the folder of a Hugging Face checkpoint.", output.Trim());
    }

    [Fact]
    public void An_architecture_that_is_not_here_is_named()
    {
        _folder.Write("config.json", """{ "architectures": ["GPT2LMHeadModel"], "model_type": "gpt2" }""");
        var error = Assert.Throws<NotSupportedException>(() => new CheckpointFolder(_folder.Path).Load(null, CPU));
        Assert.Contains("holds a GPT2LMHeadModel; samples/Models has Qwen2ForCausalLM, LlamaForCausalLM", error.Message, StringComparison.Ordinal);
    }

    private async Task<string> Output(params string[] arguments)
    {
        var (exitCode, output) = await SampleProgram.Run("Inference", ["--model", _folder.Path, .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }

    private static Tensor Numbers(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Make.Batch([.. lines.Select(line => line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())]);
    }
}
