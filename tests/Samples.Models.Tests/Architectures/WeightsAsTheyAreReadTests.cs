using LoraGen;
using Models.Bert;
using Models.Llama;
using Models.Qwen2;
using TorchSharp;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Architectures;

/// <summary>A model whose weights are made as they are read is the model that is made whole and then loaded, to the bit.</summary>
public sealed class WeightsAsTheyAreReadTests
{
    public static TheoryData<ScalarType?> Types => [null, ScalarType.Float32, ScalarType.BFloat16];

    private static Tensor Ids => tensor(new long[] { 3, 1, 4, 1, 5, 9, 2, 6 }).view(1, 8);

    [Theory]
    [MemberData(nameof(Types))]
    public void Qwen2(ScalarType? type)
    {
        foreach (var isTied in new[] { true, false })
        {
            var config = new Qwen2Config
            {
                VocabSize = 50, HiddenSize = 32, IntermediateSize = 48, NumHiddenLayers = 2, NumAttentionHeads = 4, NumKeyValueHeads = 2, HeadDim = 8,
                TieWordEmbeddings = isTied,
            };
            Same(() => new Qwen2ForCausalLM(config), type, model => model.forward(Ids, null, null, null));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Llama(ScalarType? type)
    {
        var config = new LlamaConfig
        {
            VocabSize = 50, HiddenSize = 32, IntermediateSize = 48, NumHiddenLayers = 2, NumAttentionHeads = 4, NumKeyValueHeads = 2, HeadDim = 8,
        };
        Same(() => new LlamaForCausalLM(config), type, model => model.forward(Ids, null, null, null));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Bert(ScalarType? type)
    {
        var config = new BertConfig
        {
            VocabSize = 50, HiddenSize = 32, IntermediateSize = 48, NumHiddenLayers = 2, NumAttentionHeads = 4, MaxPositionEmbeddings = 16,
        };
        Same(() => new BertForSequenceClassification(config), type, model => model.forward(Ids, null, null));
    }

    private static void Same<TModel>(Func<TModel> build, ScalarType? type, Func<TModel, Tensor> run)
        where TModel : nn.Module
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        random.manual_seed(5);
        using (var written = build())
            SafetensorsWriter.Write(folder["model.safetensors"], written.state_dict().Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
        using var whole = build();
        if (type is { } converted)
            whole.to(converted);
        whole.LoadCheckpoint(folder.Path);

        using var read = Checkpoint.Load(build, folder.Path, out var report, type);
        Assert.Empty(report.MadeWhole);
        Assert.Equal(whole.state_dict().Keys, read.state_dict().Keys);
        Assert.Equal(whole.state_dict().Keys, report.Loaded);
        foreach (var (expected, actual) in whole.state_dict().Values.Zip(read.state_dict().Values))
        {
            Assert.Equal(DeviceType.CPU, actual.device_type);
            Assert.Equal(expected.dtype, actual.dtype);
            Assert.True(expected.Equals(actual));
        }

        Assert.Equal(whole.parameters().Select(parameter => parameter.requires_grad), read.parameters().Select(parameter => parameter.requires_grad));
        whole.eval();
        read.eval();
        Assert.True(run(whole).Equals(run(read)));
    }
}
