// file: Usings.cs
global using System;
global using System.Collections.Generic;
global using System.Linq;
global using LoraGen;
global using TorchSharp;
global using TorchSharp.Modules;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;
// file: Vision.cs
[Lora(Rank = 4)]
[Lora(Name = "style", Rank = 16, RankStabilized = true, InitA = LoraInit.Gaussian, Exclude = ["head"])]
public class Vision : Module<Tensor, Tensor>
{
    [Lora(Rank = 2)]
    public Linear Stem { get; } = Linear(3, 64);

    [Lora(Name = "style", Dropout = 0.1)]
    private readonly Linear body = Linear(64, 64);

    [LoraIgnore]
    private readonly Linear frozen = Linear(64, 64);

    private readonly Linear head = Linear(64, 10);

    public Vision() : base(nameof(Vision)) => RegisterComponents();

    public override Tensor forward(Tensor x) => head.forward(frozen.forward(body.forward(Stem.forward(x))));
}
