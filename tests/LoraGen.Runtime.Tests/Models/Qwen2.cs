// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA2014

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>The modules of the Qwen2 goldens under their names, in their sizes: for what is read of and written about them, not to be called.</summary>
[Lora(Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj"], Layers = "1")]
[Lora(Name = "last", Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj"], Layers = "^1..")]
[Lora(Name = "first", Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj"], Layers = "0..1")]
[Lora(Name = "everything", Rank = 2, Layers = "0, 1")]
[Lora(Name = "beyond", Rank = 2, Layers = "0..3, 1, 2, ^3")]
[Lora(Name = "outside", Rank = 2, Layers = "0", Targets = ["q_proj", "lm_head"])]
[Lora(Name = "malformed", Rank = 2, Layers = "0-1")]
[Lora(Name = "asked", Rank = 2, Targets = ["v_proj"], Layers = "0")]
internal sealed class Qwen2 : Module<Tensor, Tensor>
{
    private readonly Qwen2Body model = new();

    [Lora(Name = "asked")]
    private readonly Linear lm_head = Linear(64, 128, hasBias: false);

    public Qwen2()
        : base(nameof(Qwen2)) => RegisterComponents();

    public override Tensor forward(Tensor input) => throw new NotSupportedException();
}

internal sealed class Qwen2Body : Module<Tensor, Tensor>
{
    private readonly Embedding embed_tokens = Embedding(128, 64);
    private readonly ModuleList<Qwen2Layer> layers = new(new Qwen2Layer(), new Qwen2Layer());
    private readonly Qwen2Norm norm = new();

    public Qwen2Body()
        : base(nameof(Qwen2Body)) => RegisterComponents();

    public override Tensor forward(Tensor input) => norm.forward(layers[0].forward(embed_tokens.forward(input)));
}

internal sealed class Qwen2Layer : Module<Tensor, Tensor>
{
    private readonly Qwen2Attention self_attn = new();
    private readonly Qwen2Mlp mlp = new();
    private readonly Qwen2Norm input_layernorm = new();
    private readonly Qwen2Norm post_attention_layernorm = new();

    public Qwen2Layer()
        : base(nameof(Qwen2Layer)) => RegisterComponents();

    public override Tensor forward(Tensor input) => mlp.forward(post_attention_layernorm.forward(self_attn.forward(input_layernorm.forward(input))));
}

internal sealed class Qwen2Attention : Module<Tensor, Tensor>
{
    [Lora(Name = "asked")]
    private readonly Linear q_proj = Linear(64, 64);

    private readonly Linear k_proj = Linear(64, 32);
    private readonly Linear v_proj = Linear(64, 32);
    private readonly Linear o_proj = Linear(64, 64, hasBias: false);

    public Qwen2Attention()
        : base(nameof(Qwen2Attention)) => RegisterComponents();

    public override Tensor forward(Tensor input) => o_proj.forward(q_proj.forward(input) + k_proj.forward(input) + v_proj.forward(input));
}

internal sealed class Qwen2Mlp : Module<Tensor, Tensor>
{
    private readonly Linear gate_proj = Linear(64, 128, hasBias: false);
    private readonly Linear up_proj = Linear(64, 128, hasBias: false);
    private readonly Linear down_proj = Linear(128, 64, hasBias: false);

    public Qwen2Mlp()
        : base(nameof(Qwen2Mlp)) => RegisterComponents();

    public override Tensor forward(Tensor input) => down_proj.forward(gate_proj.forward(input) * up_proj.forward(input));
}

internal sealed class Qwen2Norm : Module<Tensor, Tensor>
{
    private readonly Parameter weight = new(ones(64));

    public Qwen2Norm()
        : base(nameof(Qwen2Norm)) => RegisterComponents();

    public override Tensor forward(Tensor input) => input * weight;
}
