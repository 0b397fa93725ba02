using static TorchSharp.torch;

namespace LoraGen.Training;

/// <summary>Rows of two tensors, which the batch owns.</summary>
/// <param name="Inputs">What the model is given, [rows, …], such as images [rows, channels, height, width].</param>
/// <param name="Targets">What it should compute, [rows, …], such as classes [rows].</param>
public sealed record TensorBatch(Tensor Inputs, Tensor Targets) : IDisposable
{
    /// <summary>The number of rows.</summary>
    public long Rows => Inputs.shape[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Targets.Dispose();
    }
}
