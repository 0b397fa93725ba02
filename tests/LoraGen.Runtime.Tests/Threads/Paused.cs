using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Threads;

/// <summary>A model that runs a test's action between its two layers.</summary>
[Lora(Rank = 2, Alpha = 3)]
[Lora(Name = "other", Rank = 2, Alpha = 5)]
[Lora(Name = "biased", Rank = 2, Bias = LoraBias.All)]
internal sealed class Paused : Module<Tensor, Tensor>
{
    private readonly Linear first = Linear(6, 8);
    private readonly Linear second = Linear(8, 4);

    public Paused()
        : base(nameof(Paused)) => RegisterComponents();

    /// <summary>The action for calls on the current thread.</summary>
    public ThreadLocal<Action?> Between { get; } = new();

    public override Tensor forward(Tensor input)
    {
        var hidden = first.forward(input).tanh();
        Between.Value?.Invoke();
        return second.call(hidden);
    }
}
