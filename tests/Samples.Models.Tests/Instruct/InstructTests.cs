using System.Text.Json.Nodes;
using LoraGen;
using LoraGen.Training.Chat;
using Models.Qwen2;
using Samples.Models.Tests.Tokenizing;
using Samples.Tests;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Instruct;

/// <summary>samples/Instruct and samples/Inference as a user runs them: from a checkpoint and instructions to answers.</summary>
public sealed class InstructTests : IDisposable
{
    private const string Question = "What stays frozen?";
    private const string Answer = "The base model.";

    private readonly TemporaryFolder _folder = new();

    private string Model => _folder["model"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_small_model_learns_to_answer()
    {
        await Output("Instruct", "small", "--output", Model);
        var data = _folder.Write("data.jsonl", $$"""
            { "instruction": "{{Question}}", "output": "{{Answer}}" }
            { "instruction": "Add the numbers.", "input": "2 and 3", "output": "5" }
            """);
        var trained = await TrainAsync(data);

        Assert.Contains("template of ChatML", trained, StringComparison.Ordinal);
        Assert.Contains(@"--prompt $'<|im_start|>user\n…<|im_end|>\n<|im_start|>assistant\n'", trained, StringComparison.Ordinal);
        await AnswersOnlyWithAdapterAsync(ChatTemplate.ChatMl);
    }

    /// <summary>Several files in bfloat16, a tied head, merges, and the template of Qwen2.5 with its system message.</summary>
    [Fact]
    public async Task A_checkpoint_as_hugging_face_lays_it_out_learns_to_answer()
    {
        WriteCheckpoint();
        var data = _folder.Write("chats/one.json", $$"""
            [
              { "conversations": [{ "from": "human", "value": "{{Question}}" }, { "from": "gpt", "value": "{{Answer}}" }] },
              { "conversations": [{ "from": "human", "value": "What is trained?" }, { "from": "gpt", "value": "An adapter." }] }
            ]
            """);
        var trained = await TrainAsync(Path.GetDirectoryName(data)!);

        Assert.Contains("template of Qwen2.5", trained, StringComparison.Ordinal);
        await AnswersOnlyWithAdapterAsync(ChatTemplate.Qwen25);
        Assert.Contains("CAUSAL_LM", File.ReadAllText(_folder["run/adapter/adapter_config.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_data_is_named()
    {
        WriteCheckpoint();
        var data = _folder.Write("bad.jsonl", """{ "instruction": "What?", "output": 5 }""");
        var (exitCode, output) = await SampleProgram.Run("Instruct", "train", "--model", Model, "--data", data, "--output", _folder["run"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("bad.jsonl\", line 1, field \"output\": expected a text, found 5", output, StringComparison.Ordinal);
    }

    private Task<string> TrainAsync(string data)
    {
        return Output(
            "Instruct", "train", "--model", Model, "--data", data, "--output", _folder["run"], "--epochs", "80", "--learning-rate", "0.01", "--length", "256",
            "--validation", "0");
    }

    private async Task AnswersOnlyWithAdapterAsync(ChatTemplate template)
    {
        var prompt = template.Prompt(new Conversation([new ChatMessage(ChatRole.User, Question)]));

        Assert.Equal(Answer, (await Output("Inference", "--model", Model, "--prompt", prompt, "--adapter", _folder["run/adapter"])).Trim());
        Assert.DoesNotContain(Answer, await Output("Inference", "--model", Model, "--prompt", prompt), StringComparison.Ordinal);
    }

    private static async Task<string> Output(string sample, params string[] arguments)
    {
        var (exitCode, output) = await SampleProgram.Run(sample, arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }

    private void WriteCheckpoint()
    {
        var tokenizer = TokenizerFile.ByteLevel("a t", "Ġ t", "h e");
        tokenizer["pre_tokenizer"] = TokenizerFile.Cut(TokenizerFile.Qwen2Pattern);
        tokenizer["added_tokens"] = new JsonArray(
            TokenizerFile.Added(259, "<|endoftext|>"), TokenizerFile.Added(260, "<|im_start|>"), TokenizerFile.Added(261, "<|im_end|>"));
        _folder.Write("model/tokenizer.json", tokenizer.ToJsonString());
        _folder.Write("model/tokenizer_config.json", """
            {
              "tokenizer_class": "Qwen2Tokenizer", "eos_token": "<|im_end|>",
              "chat_template": "{% if x %}<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n{% endif %}"
            }
            """);
        _folder.Write("model/generation_config.json", """{ "eos_token_id": [261, 259] }""");
        _folder.Write("model/config.json", """
            {
              "architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "vocab_size": 264, "hidden_size": 128, "intermediate_size": 256,
              "num_hidden_layers": 4, "num_attention_heads": 4, "num_key_value_heads": 2, "tie_word_embeddings": true, "torch_dtype": "bfloat16"
            }
            """);

        random.manual_seed(3);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = new Qwen2ForCausalLM(Qwen2Config.Read(Model));
        model.state_dict()["model.embed_tokens.weight"].mul_(0.1);
        var map = new JsonObject();
        foreach (var (shard, index) in model.state_dict().Chunk(17).Select((shard, index) => (shard, index)))
        {
            var name = $"model-{index + 1:D5}-of-00003.safetensors";
            SafetensorsWriter.Write(_folder[$"model/{name}"], shard.ToDictionary(entry => entry.Key, entry => entry.Value.to(ScalarType.BFloat16)));
            foreach (var (tensor, _) in shard)
                map[tensor] = name;
        }

        Assert.Equal(4 * 12 + 2, map.Count);
        _folder.Write("model/model.safetensors.index.json", new JsonObject { ["metadata"] = new JsonObject(), ["weight_map"] = map }.ToJsonString());
    }
}
