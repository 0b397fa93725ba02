// file: Usings.cs
global using System;
global using System.Collections.Generic;
global using System.Linq;
global using LoraGen;
global using TorchSharp;
global using TorchSharp.Modules;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;
// file: Encoder.cs
using Acme.Methods;

namespace Acme.Models;

[Adapter<ScaleMethod>(Targets = ["fc", "blocks.*"], Exclude = ["blocks.0.*"], MaxTrainableParameters = 1000, Bias = LoraBias.All)]
public sealed class Encoder<T> : Module<Tensor, Tensor>
    where T : struct
{
    private readonly Linear fc = Linear(16, 16);

    [Adapter<ScaleMethod>(Bias = LoraBias.None)]
    private readonly ModuleList<Block> blocks = new(new Block(), new Block());

    [Trainable]
    private readonly LayerNorm norm = LayerNorm(16);

    public Encoder(T config) : base("Encoder") => RegisterComponents();

    public override Tensor forward(Tensor x) => norm.forward(blocks.Aggregate(fc.forward(x), (y, block) => block.forward(y)));
}

public sealed class Block : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(16, 16);

    public Block() : base("Block") => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.forward(x);
}
// file: ScaleMethod.cs
namespace Acme.Methods;

public sealed record ScaleMethod : MergeableMethod
{
    public double First { get; init; } = 1;

    protected override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [new("Scale", [layer.Outputs], ".scale")];

    protected override void Start(Site site) => init.constant_(site["Scale"], First);

    protected override Tensor OnOutput(LayerCall call, Tensor input, Tensor output) => output * call.Site["Scale"];

    protected override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
        => new(weights.Weight * site["Scale"].unsqueeze(1), weights.Bias is { } bias ? bias * site["Scale"] : null);
}
