// file: Usings.cs
global using System;
global using System.Collections.Generic;
global using System.Linq;
global using LoraGen;
global using TorchSharp;
global using TorchSharp.Modules;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;
// file: Mixed.cs
[Lora]
public class Mixed : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> certain;
    private readonly Module<Tensor, Tensor> never;
    private readonly Module<Tensor, Tensor> unknown;
    private readonly Sequential body;
    private readonly Hidden hidden = new();
    private readonly List<Linear> forgotten = [];
    private readonly Linear? gate;

    public Mixed(int width, Module<Tensor, Tensor> given, bool isGated) : base(nameof(Mixed))
    {
        certain = Linear(width, width);
        never = LayerNorm(width);
        unknown = given;
        body = Sequential(Linear(width, width), ReLU());
        if (isGated)
            gate = Linear(width, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
        => hidden.forward(body.forward(unknown.forward(never.forward(certain.forward(x))))) * (gate?.forward(x) ?? ones(1)) + forgotten.Count;

    private sealed class Hidden() : Module<Tensor, Tensor>("")
    {
        private readonly Linear fc = Linear(2, 2);

        public override Tensor forward(Tensor x) => fc.forward(x);
    }
}
