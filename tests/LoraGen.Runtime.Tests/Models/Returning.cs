using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A user-defined layer that returns its input, or a tensor that it keeps.</summary>
internal sealed class Returning : Module<Tensor, Tensor>, ILinearLayer
{
    private readonly Parameter w = new(eye(4));

    public Returning()
        : base(nameof(Returning)) => RegisterComponents();

    public Tensor? Kept { get; set; }

    public long InFeatures => 4;

    public long OutFeatures => 4;

    public Tensor? Weight => w;

    public override Tensor forward(Tensor input) => Kept ?? input;
}

/// <summary>A model with such a layer and a residual connection.</summary>
[Lora(Rank = 2, Alpha = 4)]
[Ia3]
[Dora(Name = "dora", Rank = 2, Alpha = 4)]
internal sealed class Residual : Module<Tensor, Tensor>
{
    private readonly Returning skip = new();

    public Residual()
        : base(nameof(Residual)) => RegisterComponents();

    public Returning Skip => skip;

    public override Tensor forward(Tensor input) => skip.forward(input) + skip.call(input) + input;
}
