// file: Usings.cs
global using System;
global using System.Collections.Generic;
global using System.Linq;
global using LoraGen;
global using TorchSharp;
global using TorchSharp.Modules;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;
// file: Classifier.cs
namespace Acme;

[Dora(Rank = 4, Alpha = 8, Dropout = 0.1, Targets = ["letters", "conv", "block.*", "head"])]
public sealed class Classifier : Module<Tensor, Tensor>
{
    private readonly Embedding letters = Embedding(128, 16);
    private readonly Conv1d conv = Conv1d(16, 32, 3);
    private readonly Block block = new(32);

    [Dora(Rank = 2)]
    private readonly Linear head = Linear(32, 2);

    public Classifier() : base(nameof(Classifier)) => RegisterComponents();

    public override Tensor forward(Tensor ids) => head.forward(block.forward(conv.forward(letters.forward(ids).transpose(1, 2)).mean([2])));
}

public sealed class Block : Module<Tensor, Tensor>
{
    private readonly Linear fc;

    public Block(int width) : base(nameof(Block))
    {
        fc = Linear(width, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => fc.forward(x);
}
