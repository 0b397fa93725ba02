using static TorchSharp.torch;

namespace LoraGen.Training.Loop;

/// <summary>Makes the accumulated gradients those of a mean, clips them and performs the step of the optimizer.</summary>
internal sealed class StepGradients(TrainingSetup setup)
{
    /// <summary>Performs the step, unless a gradient is not finite.</summary>
    /// <returns>The norm of all gradients before clipping, and whether the step was performed.</returns>
    public (double Norm, bool IsPerformed) Step(Accumulation accumulated)
    {
        using var scope = NewDisposeScope();
        if (setup.Options.Scaler is { } scaler)
            scaler.Unscale(setup.Optimizer);
        else if (setup.Optimizer is MasterWeights masters)
            masters.Collect();
        Rescale(accumulated.Divisor / accumulated.Count);
        using (var penalty = setup.Adapter?.Penalty())
            penalty?.backward();
        var norm = nn.utils.clip_grad_norm_(setup.Parameters.Clipped, setup.Options.MaxGradientNorm ?? double.PositiveInfinity);
        return (norm, Perform(double.IsFinite(norm)));
    }

    private bool Perform(bool isFinite)
    {
        if (setup.Options.Scaler is { } scaler)
        {
            var isPerformed = scaler.Step(setup.Optimizer);
            scaler.Update();
            return isPerformed;
        }

        if (isFinite)
            setup.Optimizer.step();
        return isFinite;
    }

    private void Rescale(double factor)
    {
        if (factor == 1)
            return;

        using var noGrad = no_grad();
        foreach (var parameter in setup.Parameters.Clipped)
            parameter.grad?.mul_(factor);
    }
}
