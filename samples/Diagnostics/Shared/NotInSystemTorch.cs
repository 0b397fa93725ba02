// A class of TorchSharp that some files name and SystemTorch lacks: that it is a module is enough, nothing here runs.
namespace TorchSharp.Modules;

public sealed class MultiheadAttention() : Module<Tensor, Tensor>("MultiheadAttention")
{
    public override Tensor forward(Tensor input) => throw new NotSupportedException();
}
