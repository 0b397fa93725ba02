using LoraGen;
using Models.Qwen2;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Samples.Models.Tests.Support;

/// <summary>Qwen2 whose head is trained as a whole beside the adapter: PEFT's <c>modules_to_save</c>.</summary>
[Lora(Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj"])]
internal sealed class Qwen2WithTrainedHead : Module<Tensor, Tensor, Tensor>
{
    private readonly Qwen2Model model;

    [Trainable]
    private readonly Linear lm_head;

    public Qwen2WithTrainedHead(Qwen2Config config)
        : base(nameof(Qwen2WithTrainedHead))
    {
        model = new Qwen2Model(config);
        lm_head = Linear(config.HiddenSize, config.VocabSize, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor ids, Tensor attentionMask) => lm_head.forward(model.call(ids, attentionMask, null, null));
}
