using LoraGen;
using Models.Bert;
using Models.Llama;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Architectures;

/// <summary>
/// The adapters of Llama and BERT: every layer is reached, all that trains has an effect, and a saved one comes back. Qwen2's are held against PEFT's.
/// </summary>
public sealed class AdapterTests
{
    [Fact]
    public void Llama_is_adapted()
    {
        static LlamaForCausalLM Model() => Make.Model(() => new LlamaForCausalLM(new LlamaConfig
        {
            VocabSize = 23, HiddenSize = 16, IntermediateSize = 24, NumHiddenLayers = 2, NumAttentionHeads = 4, NumKeyValueHeads = 2, HeadDim = 8,
            TieWordEmbeddings = true,
        }));

        using var model = Model();
        using var lora = model.AttachLora();
        // Of each layer q (16 → 32), k and v (16 → 16), rank 8.
        Assert.Equal(2 * 8 * (16 + 32 + 2 * (16 + 16)), lora.ParameterCount.Trainable);
        Assert.Equal("model.layers.1.self_attn.v_proj", lora.Model.Layers[1].SelfAttn.VProj.Path);

        using var other = Model();
        Holds(lora, () => model.call(Make.Batch([3, 1, 4, 1]), null, null, null), folder => other.AttachLoraForInference(folder),
            () => other.call(Make.Batch([3, 1, 4, 1]), null, null, null));
    }

    [Fact]
    public void Bert_is_adapted()
    {
        static BertForSequenceClassification Model() => Make.Model(() => new BertForSequenceClassification(new BertConfig
        {
            VocabSize = 23, HiddenSize = 16, IntermediateSize = 24, NumHiddenLayers = 2, NumAttentionHeads = 4, MaxPositionEmbeddings = 8,
        }));

        using var model = Model();
        using var lora = model.AttachLora();
        // Of each layer query and value (16 → 16), rank 8.
        Assert.Equal(2 * 2 * 8 * (16 + 16), lora.ParameterCount.Trainable);
        Assert.Equal("bert.encoder.layer.0.attention.self.query", lora.Bert.Encoder.Layer[0].Attention.Self.Query.Path);

        using var other = Model();
        Holds(lora, () => model.call(Make.Batch([3, 1, 4, 1]), null, null), folder => other.AttachLoraForInference(folder),
            () => other.call(Make.Batch([3, 1, 4, 1]), null, null));
    }

    private static void Holds(Adapter lora, Func<Tensor> output, Func<string, IDisposable> attachToOther, Func<Tensor> outputOfOther)
    {
        using var before = output().detach();
        using (no_grad())
        {
            foreach (var parameter in ((IParameterSource)lora).Parameters())
                parameter.copy_(randn(parameter.shape) * 0.3);
        }

        output().pow(2).mean().backward();
        Assert.All(((IParameterSource)lora).Parameters(), parameter => Assert.True(parameter.grad!.abs().max().item<float>() > 0));

        using var noGrad = no_grad();
        using var adapted = output();
        Assert.True((adapted - before).abs().max().item<float>() > 1e-2, "The adapter has no effect.");

        using var folder = new TemporaryFolder();
        lora.Save(folder.Path);
        Expect.Close(before, outputOfOther(), 0, "The other model, without the adapter");
        using var loaded = attachToOther(folder.Path);
        Expect.Close(adapted, outputOfOther(), 1e-6, "The other model, with the adapter");

        lora.Merge();
        Expect.Close(adapted, output(), 1e-4, "Merged");
        lora.Detach();
        Expect.Close(before, output(), 0, "Detached");
    }
}
