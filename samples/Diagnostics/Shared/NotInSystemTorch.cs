// Classes of TorchSharp that some files name and SystemTorch lacks: that they are modules is enough, nothing here runs.
namespace TorchSharp.Modules;

public sealed class BatchNorm1d() : Module<Tensor, Tensor>("BatchNorm1d")
{
    public override Tensor forward(Tensor input) => throw new NotSupportedException();
}

public sealed class MultiheadAttention() : Module<Tensor, Tensor>("MultiheadAttention")
{
    public override Tensor forward(Tensor input) => throw new NotSupportedException();
}
