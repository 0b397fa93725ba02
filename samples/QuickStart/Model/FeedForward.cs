using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace QuickStart.Model;

/// <summary>The part of a block that processes each token separately.</summary>
internal sealed class FeedForward : Module<Tensor, Tensor>
{
    private readonly Linear up_proj;
    private readonly Linear down_proj;

    public FeedForward(TransformerConfig config)
        : base(nameof(FeedForward))
    {
        up_proj = Linear(config.Width, 4 * config.Width);
        down_proj = Linear(4 * config.Width, config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => down_proj.forward(functional.gelu(up_proj.forward(input)));
}
