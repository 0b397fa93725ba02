// file: Usings.cs
global using System;
global using System.Collections.Generic;
global using System.Linq;
global using LoraGen;
global using TorchSharp;
global using TorchSharp.Modules;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;
// file: Regression.cs
namespace Acme;

[Lora(Rank = 4, Alpha = 8)]
public sealed class Regression : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(32, 16);

    public Regression() : base("Regression") => RegisterComponents();

    public override Tensor forward(Tensor input) => fc.forward(input);
}
