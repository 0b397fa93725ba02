using static TorchSharp.torch;

namespace LoraGen.Training.Loop;

/// <summary>Computes the mean loss over a data set, without gradients and in evaluation mode.</summary>
internal sealed class Evaluation<TBatch>(
    nn.Module model, Func<TBatch, BatchLoss> loss, IBatchSource<TBatch> data, Func<IReadOnlyDictionary<string, double>>? metrics)
    where TBatch : IDisposable
{
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Evaluated Run(long step, CancellationToken cancellation)
    {
        using var noGrad = no_grad();
        model.eval();
        try
        {
            return new Evaluated(step, Mean(cancellation), metrics?.Invoke() ?? new Dictionary<string, double>());
        }
        finally
        {
            model.train();
        }
    }

    private double Mean(CancellationToken cancellation)
    {
        var (sum, count, number) = (0.0, 0.0, 0L);
        foreach (var batch in data.Epoch(0))
        {
            using (batch)
            using (NewDisposeScope())
            {
                cancellation.ThrowIfCancellationRequested();
                var computed = loss(batch);
                sum += BatchLosses<TBatch>.Checked(computed, $"batch {number++} of the evaluation");
                count += computed.Count;
            }
        }

        return count > 0
            ? sum / count
            : throw new InvalidOperationException($"The data of the evaluation has no batches with a count greater than 0: {data.Description}.");
    }
}
