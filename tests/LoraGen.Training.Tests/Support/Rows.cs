using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Support;

/// <summary>A batch of inputs and targets.</summary>
internal sealed record Rows(Tensor Input, Tensor Target) : IDisposable
{
    public void Dispose()
    {
        Input.Dispose();
        Target.Dispose();
    }
}
