// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA2007

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Options of single members. Not meant to be run.</summary>
[Lora(Rank = 4, Alpha = 8, Targets = ["q_proj", "v_proj"])]
[Lora(Name = "wide", Rank = 5, Targets = ["q_proj"])]
internal sealed class Overridden : Module<Tensor, Tensor>
{
    [Lora(Rank = 2)]
    private readonly Linear q_proj = Linear(6, 6);

    private readonly Linear v_proj = Linear(6, 6);

    [Lora(Alpha = 1, Dropout = 0.5)]
    private readonly Linear beside = Linear(6, 6);

    [Lora(Name = "wide", Rank = 7, RankStabilized = true)]
    private readonly Linear named = Linear(6, 6);

    private readonly Linear untouched = Linear(6, 6);

    [Lora(Rank = 1)]
    private readonly Inner inner = new();

    [Lora(Rank = 3)]
    private readonly Sequential sequence = Sequential(("q_proj", Linear(6, 6)), ("other", Linear(6, 6)));

    private readonly Inner plainInner = new();

    [LoraIgnore]
    private readonly Inner ignoredInner = new();

    [LoraIgnore]
    private readonly Sequential ignoredSequence = Sequential(("q_proj", Linear(6, 6)));

    public Overridden()
        : base(nameof(Overridden)) => RegisterComponents();

    [LoraIgnore]
    private Linear OldHead { get; } = Linear(6, 6);

    public override Tensor forward(Tensor input) => throw new NotSupportedException();

    internal sealed class Inner : Module<Tensor, Tensor>
    {
        [Lora(InitB = LoraInit.Gaussian)]
        private readonly Linear q_proj = Linear(6, 6);

        private readonly Linear v_proj = Linear(6, 6);

        public Inner()
            : base(nameof(Inner)) => RegisterComponents();

        public override Tensor forward(Tensor input) => throw new NotSupportedException();
    }
}
