namespace TorchSharp.Modules;

/// <summary>Normalizes each channel over the batch: in training by the batch's own statistics, else by the running ones.</summary>
public abstract class BatchNorm : NormBase
{
    public BatchNorm(
        long num_features,
        double eps,
        double momentum,
        bool affine,
        bool track_running_stats,
        torch.Device? device,
        torch.ScalarType? dtype,
        string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        ValidateInputDimensions(input);
        var factor = momentum ?? 0;
        if (training && track_running_stats && num_batches_tracked is { } batches)
        {
            batches.add_(1);

            // Without momentum the statistics are the plain average of the batches.
            factor = momentum ?? 1 / batches.ToDouble();
        }

        var isByBatch = training || (running_mean is null && running_var is null);
        var isTracked = !training || track_running_stats;
        return torch.nn.functional.batch_norm(
            input, isTracked ? running_mean : null, isTracked ? running_var : null, weight, bias, isByBatch, factor, eps);
    }
}
