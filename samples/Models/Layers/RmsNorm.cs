using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Layers;

/// <summary>Divides by the root of the mean square, in float32 whatever the input's type (Zhang and Sennrich 2019, arXiv:1910.07467).</summary>
public sealed class RmsNorm : Module<Tensor, Tensor>
{
    private readonly double epsilon;
    private readonly Parameter weight;

    public RmsNorm(long size, double epsilon)
        : base(nameof(RmsNorm))
    {
        this.epsilon = epsilon;
        weight = Parameter(ones(size));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = input.to(ScalarType.Float32);
        return weight * (x * rsqrt(x.pow(2).mean([-1], keepdim: true) + epsilon)).to(input.dtype);
    }
}
