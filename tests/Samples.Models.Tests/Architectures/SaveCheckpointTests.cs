using Inference.Loading;
using LoraGen;
using Models.Bert;
using Models.Llama;
using Models.Qwen2;
using Samples.Models.Tests.Goldens;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Architectures;

/// <summary>What is saved of the samples' models has Hugging Face's names, and is loaded by the samples.</summary>
public sealed class SaveCheckpointTests : IDisposable
{
    // Of samples/Inference.
    private static readonly CheckpointMapping OlderNames = new()
    {
        Ignored = ["*.rotary_emb.inv_freq", "bert.embeddings.position_ids"],
        Renames = [new("LayerNorm.gamma", "LayerNorm.weight"), new("LayerNorm.beta", "LayerNorm.bias")],
    };

    private readonly TemporaryFolder _folder = new();

    private string Original => _folder["original"];

    private string Out => _folder["out"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Qwen2_with_a_merged_adapter_is_loaded_by_the_sample()
    {
        Directory.CreateDirectory(Original);
        Qwen2Golden.WriteCheckpoint(Original);
        var golden = new Qwen2Golden("qwen2_lora");
        using var model = Qwen2Golden.Model();
        using var lora = model.AttachLoraForInference(golden.AdapterFolder);
        lora.Merge();
        model.SaveCheckpoint(Out, original: Original, mapping: OlderNames, maxShardBytes: 20_000);

        Assert.Equal(Names(Original), Names(Out));
        var loaded = Assert.IsType<LanguageModel>(new CheckpointFolder(Out).Load(null, CPU));
        using var checkpoint = Qwen2Golden.Model();
        checkpoint.LoadCheckpoint(Out);
        Same(model, checkpoint);
        using var noGrad = no_grad();
        Expect.Close(golden.Expected("output_active"), checkpoint.call(golden.Ids, golden.AttentionMask, null, null), 1e-4);
        Assert.NotNull(loaded);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Llama_has_its_own_names(bool isTied)
    {
        var config = new LlamaConfig
        {
            VocabSize = 50, HiddenSize = 32, IntermediateSize = 48, NumHiddenLayers = 2, NumAttentionHeads = 4, NumKeyValueHeads = 2, HeadDim = 8,
            TieWordEmbeddings = isTied,
        };
        using var model = Make.Model(() => new LlamaForCausalLM(config));
        model.SaveCheckpoint(Out, mapping: OlderNames);
        Assert.Equal(model.state_dict().Keys.Order(StringComparer.Ordinal), Names(Out));
        using var loaded = Checkpoint.Load(() => new LlamaForCausalLM(config), Out, mapping: OlderNames);
        Same(model, loaded);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Bert_has_the_names_of_the_file_that_it_was_loaded_from(bool isOld)
    {
        var config = new BertConfig
        {
            VocabSize = 50, HiddenSize = 32, IntermediateSize = 48, NumHiddenLayers = 2, NumAttentionHeads = 4, MaxPositionEmbeddings = 16,
        };
        Directory.CreateDirectory(Original);
        using var first = Make.Model(() => new BertForSequenceClassification(config));
        var state = first.state_dict().ToDictionary(entry => isOld ? Older(entry.Key) : entry.Key, entry => entry.Value);
        if (isOld)
            state["bert.embeddings.position_ids"] = arange(16).unsqueeze(0);
        SafetensorsWriter.Write(Path.Combine(Original, "model.safetensors"), state);
        using var model = Checkpoint.Load(() => new BertForSequenceClassification(config), Original, mapping: OlderNames);

        model.SaveCheckpoint(Out, original: Original, mapping: OlderNames);
        Assert.Equal(Names(Original).Where(name => !name.EndsWith("position_ids", StringComparison.Ordinal)), Names(Out));
        using var loaded = Checkpoint.Load(() => new BertForSequenceClassification(config), Out, mapping: OlderNames);
        Same(first, loaded);
    }

    private static string Older(string name)
    {
        return name.Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal)
            .Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(string folder)
    {
        using var checkpoint = SafetensorsCheckpoint.Open(folder);
        return [.. checkpoint.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal)];
    }

    private static void Same(nn.Module expected, nn.Module actual)
    {
        Assert.Equal(expected.state_dict().Keys, actual.state_dict().Keys);
        foreach (var (one, other) in expected.state_dict().Zip(actual.state_dict()))
            Expect.SameBits(one.Value, other.Value, one.Key);
    }
}
