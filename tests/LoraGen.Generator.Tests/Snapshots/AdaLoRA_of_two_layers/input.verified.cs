// file: Usings.cs
global using System;
global using System.Collections.Generic;
global using System.Linq;
global using LoraGen;
global using TorchSharp;
global using TorchSharp.Modules;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;
// file: Pair.cs
namespace Acme;

[AdaLora(InitialRank = 6, TargetRank = 4, Alpha = 8, TotalSteps = 100, FinalSteps = 20)]
public sealed class Pair : Module<Tensor, Tensor>
{
    private readonly Linear first = Linear(16, 16), second = Linear(16, 64);

    public Pair() : base(nameof(Pair)) => RegisterComponents();

    public override Tensor forward(Tensor x) => second.forward(first.forward(x));
}
