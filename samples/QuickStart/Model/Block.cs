using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace QuickStart.Model;

/// <summary>One layer of the transformer: attention and feed-forward, each with normalized input and a residual sum.</summary>
internal sealed class Block : Module<Tensor, Tensor>
{
    private readonly LayerNorm attention_norm;
    private readonly Attention attention;
    private readonly LayerNorm feed_forward_norm;
    private readonly FeedForward feed_forward;

    public Block(TransformerConfig config)
        : base(nameof(Block))
    {
        attention_norm = LayerNorm(config.Width);
        attention = new Attention(config);
        feed_forward_norm = LayerNorm(config.Width);
        feed_forward = new FeedForward(config);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = input + attention.forward(attention_norm.forward(input));
        return x + feed_forward.forward(feed_forward_norm.forward(x));
    }
}
