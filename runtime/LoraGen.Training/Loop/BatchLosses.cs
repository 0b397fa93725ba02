using static TorchSharp.torch;

namespace LoraGen.Training.Loop;

/// <summary>Computes the losses of batches with their gradients.</summary>
internal sealed class BatchLosses<TBatch>(Func<TBatch, BatchLoss> loss, TrainingOptions options)
{
    /// <summary>Adds a batch to what is accumulated.</summary>
    /// <exception cref="NotFiniteNumberException">The loss is not finite, and such a step is not to be skipped.</exception>
    public void Add(Accumulation accumulated, TBatch batch, string name)
    {
        accumulated.Batches++;
        if (accumulated.NonFinite is not null)
            return;

        using var scope = NewDisposeScope();
        var computed = loss(batch);
        var sum = Checked(computed, name);
        accumulated.Add(sum, computed.Count);
        if (!double.IsFinite(sum))
        {
            if (options.NonFinite == NonFiniteStep.Stop)
            {
                throw new NotFiniteNumberException(
                    $"The loss of {name} is {sum}. Nothing was changed by the step. Look at the batch, reduce the learning rate, or set NonFinite to Skip.",
                    sum);
            }

            accumulated.NonFinite = name;
        }
        else if (computed.Count > 0)
        {
            EnsureTrains(computed.Sum, name);
            var mean = computed.Sum / accumulated.Divisor;
            (options.Scaler?.Scale(mean) ?? mean).backward();
        }
    }

    /// <summary>The sum of the losses as a number.</summary>
    /// <exception cref="InvalidOperationException">It is no scalar, or the count is not valid.</exception>
    public static double Checked(BatchLoss loss, string name)
    {
        if (loss.Sum is null || loss.Sum.numel() != 1)
        {
            throw new InvalidOperationException(
                $"The loss of {name} has the shape [{string.Join(", ", loss.Sum?.shape ?? [])}], expected a scalar: the sum of the losses. Compute it with "
                + "Reduction.Sum.");
        }

        if (!(loss.Count >= 0) || double.IsInfinity(loss.Count))
            throw new InvalidOperationException($"The count of {name} is {loss.Count}, expected the number of losses in the sum, which is at least 0.");

        return loss.Sum.detach().to(ScalarType.Float64).item<double>();
    }

    private static void EnsureTrains(Tensor sum, string name)
    {
        if (!sum.requires_grad)
        {
            throw new InvalidOperationException(
                $"The loss of {name} depends on no trained parameter. Compute it from the output of a call of the model, not under no_grad or after "
                + "detach(), and train parameters that the call uses.");
        }
    }
}
