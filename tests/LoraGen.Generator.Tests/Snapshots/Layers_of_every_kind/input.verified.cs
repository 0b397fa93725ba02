// file: Usings.cs
global using System;
global using System.Collections.Generic;
global using System.Linq;
global using LoraGen;
global using TorchSharp;
global using TorchSharp.Modules;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;
// file: Reader.cs
[Lora(Rank = 4, Alpha = 8, Targets = ["letters", "stem", "convs.*", "unknown", "made"])]
[Lora(Name = "plain")]
public class Reader : Module<Tensor, Tensor>
{
    private readonly Embedding letters = Embedding(128, 16);
    private readonly Conv1d stem;
    private readonly ModuleList<Conv1d> convs = new();
    private readonly Conv2d other = Conv2d(1, 1, (3, 2), groups: 1);
    private readonly Module<Tensor, Tensor> made = Conv3d(1, 1, 3);
    private readonly Module<Tensor, Tensor> unknown;
    private readonly Linear head = Linear(16, 2);

    [Lora(Name = "plain", Rank = 2)]
    private readonly Conv1d named = Conv1d(16, 16, 5);

    public Reader(Module<Tensor, Tensor> unknown, int size) : base(nameof(Reader))
    {
        this.unknown = unknown;
        stem = Conv1d(16, 16, size, padding: size / 2);
        RegisterComponents();
    }

    public override Tensor forward(Tensor ids) => head.forward(unknown.forward(named.forward(stem.forward(letters.forward(ids)))).mean());
}
