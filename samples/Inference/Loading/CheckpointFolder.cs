using LoraGen;
using Models.Bert;
using Models.Configs;
using Models.Llama;
using Models.Qwen2;
using static TorchSharp.torch;

namespace Inference.Loading;

/// <summary>A folder as <c>save_pretrained</c> writes it: config.json, and model.safetensors or its index and shards.</summary>
internal sealed class CheckpointFolder
{
    private readonly string _folder;
    private readonly ConfigFile _config;

    public CheckpointFolder(string folder)
    {
        _folder = folder;
        _config = ConfigFile.Read(folder);
    }

    /// <summary>The tokens that end a text: from generation_config.json, or else from config.json.</summary>
    public IReadOnlySet<long> EndTokens()
    {
        const string generation = "generation_config.json";
        var file = File.Exists(Path.Combine(_folder, generation)) ? ConfigFile.Read(_folder, generation) : _config;
        return file.Integers("eos_token_id").ToHashSet();
    }

    /// <param name="adapter">The folder of a PEFT adapter, or null.</param>
    /// <param name="device">The device that it will compute on.</param>
    /// <exception cref="NotSupportedException">The architecture is none of those in samples/Models.</exception>
    public LoadedModel Load(string? adapter, Device device)
    {
        var architecture = Architecture();
        switch (architecture)
        {
            case nameof(Qwen2ForCausalLM):
                var qwen2Config = Qwen2Config.Read(_config);
                var qwen2 = Load(() => new Qwen2ForCausalLM(qwen2Config), device, qwen2Config.TieWordEmbeddings);
                return new LanguageModel(qwen2, qwen2Config.VocabSize, adapter is null ? null : qwen2.AttachLoraForInference(adapter));
            case nameof(LlamaForCausalLM):
                var llamaConfig = LlamaConfig.Read(_config);
                var llama = Load(() => new LlamaForCausalLM(llamaConfig), device, llamaConfig.TieWordEmbeddings);
                return new LanguageModel(llama, llamaConfig.VocabSize, adapter is null ? null : llama.AttachLoraForInference(adapter));
            case nameof(BertForSequenceClassification):
                var bertConfig = BertConfig.Read(_config);
                var bert = Load(() => new BertForSequenceClassification(bertConfig), device, isTied: false);
                return new Classifier(bert, adapter is null ? null : bert.AttachLoraForInference(adapter));
            default:
                throw new NotSupportedException(
                    $"\"{_folder}\" holds a {architecture}; samples/Models has {nameof(Qwen2ForCausalLM)}, {nameof(LlamaForCausalLM)} and "
                    + $"{nameof(BertForSequenceClassification)}.");
        }
    }

    // The class that the file names, or else the one for its model_type.
    private string Architecture()
    {
        if (_config.Texts("architectures") is [var named, ..])
            return named;

        return _config.Text("model_type") switch
        {
            "qwen2" => nameof(Qwen2ForCausalLM),
            "llama" => nameof(LlamaForCausalLM),
            "bert" => nameof(BertForSequenceClassification),
            { } other => other,
            null => throw new InvalidDataException($"\"{_folder}\": config.json has neither architectures nor model_type."),
        };
    }

    private T Load<T>(Func<T> build, Device device, bool isTied)
        where T : nn.Module
    {
        var model = Checkpoint.Load(build, _folder, device: device, mapping: new CheckpointMapping
        {
            // Names from older versions of transformers: the first two tensors are computed here, the others have new names.
            Ignored = ["*.rotary_emb.inv_freq", "bert.embeddings.position_ids", .. isTied ? (string[])["lm_head.weight"] : []],
            Renames = [new("LayerNorm.gamma", "LayerNorm.weight"), new("LayerNorm.beta", "LayerNorm.bias")],
        });
        model.eval();
        return model;
    }
}
