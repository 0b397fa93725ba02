// file: Usings.cs
global using System;
global using System.Collections.Generic;
global using System.Linq;
global using LoraGen;
global using TorchSharp;
global using TorchSharp.Modules;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;
// file: Decoder.cs
namespace Acme;

[Ia3(Targets = ["k", "v", "down"], FeedForward = ["down"])]
[Ia3(Name = "outputs", Targets = ["k", "v"], Bias = LoraBias.LoraOnly)]
public sealed class Decoder : Module<Tensor, Tensor>
{
    private readonly Linear k = Linear(16, 16), v = Linear(16, 16), up = Linear(16, 64), down = Linear(64, 16);

    public Decoder() : base(nameof(Decoder)) => RegisterComponents();

    public override Tensor forward(Tensor x) => down.forward(up.forward(functional.scaled_dot_product_attention(x, k.forward(x), v.forward(x))));
}
