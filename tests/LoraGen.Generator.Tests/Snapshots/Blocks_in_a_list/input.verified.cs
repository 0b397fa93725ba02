// file: Usings.cs
global using System;
global using System.Collections.Generic;
global using System.Linq;
global using LoraGen;
global using TorchSharp;
global using TorchSharp.Modules;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;
// file: TinyGpt.cs
namespace Acme.Models;

[Lora(Rank = 8, Alpha = 16, Dropout = 0.05, Targets = ["q_proj", "v_proj", "layers.0.mlp.*"])]
internal sealed class TinyGpt : Module<Tensor, Tensor>
{
    private readonly Embedding wte;
    private readonly ModuleList<Layer> layers;
    private readonly Linear lm_head;

    public TinyGpt(Config config) : base(nameof(TinyGpt))
    {
        wte = Embedding(config.Vocabulary, config.Width);
        layers = new ModuleList<Layer>();
        for (var i = 0; i < config.Depth; i++)
            layers.Add(new Layer(config));
        lm_head = Linear(config.Width, config.Vocabulary, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens) => lm_head.forward(layers.Aggregate(wte.forward(tokens), (x, layer) => layer.forward(x)));
}

internal sealed record Config(int Vocabulary, int Width, int Depth);
// file: Layer.cs
namespace Acme.Models;

internal sealed class Layer : Module<Tensor, Tensor>
{
    private readonly Attention attn;
    private readonly Mlp mlp;

    public Layer(Config config) : base(nameof(Layer))
    {
        attn = new Attention(config.Width);
        mlp = new Mlp(config.Width, 4 * config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => x + mlp.forward(x + attn.forward(x));
}

internal sealed class Attention : Module<Tensor, Tensor>
{
    private readonly Linear q_proj, k_proj, v_proj;

    public Attention(int width) : base(nameof(Attention))
    {
        q_proj = Linear(width, width);
        k_proj = Linear(width, width);
        v_proj = Linear(width, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => functional.scaled_dot_product_attention(q_proj.forward(x), k_proj.forward(x), v_proj.forward(x));
}

internal sealed class Mlp : Module<Tensor, Tensor>
{
    private readonly Linear up, down;

    public Mlp(int width, int inner) : base(nameof(Mlp))
    {
        up = Linear(width, inner);
        down = Linear(inner, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => down.forward(functional.gelu(up.forward(x)));
}
