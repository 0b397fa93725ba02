using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// x·Wᵀ + b with a quantised W. The node keeps nothing but the quantised weight, whose rows are restored when they are used, forward and backward.
/// </summary>
internal sealed class QuantizedProduct : autograd.SingleTensorFunction<QuantizedProduct>
{
    private const string WeightKey = "weight";
    private const string ShapeKey = "shape";
    private const string NeedsKey = "needs";

    public override string Name => "QuantizedProduct";

    /// <summary>Computes the product, in the type of the input.</summary>
    /// <param name="path">The layer's path, for messages.</param>
    /// <param name="input">The input […, inputs].</param>
    /// <param name="weight">The weight.</param>
    /// <param name="bias">The bias [outputs]; null if there is none.</param>
    /// <exception cref="ArgumentException">The input doesn't fit the weight.</exception>
    public static Tensor Of(string path, Tensor input, QuantizedWeight weight, Tensor? bias)
    {
        EnsureFits(path, input, weight);
        var needsBias = bias is { requires_grad: true };
        if (!is_grad_enabled() || !(input.requires_grad || needsBias))
            return Forward(input, weight, bias);

        // TorchSharp creates two more tensors for a node, which would keep the output's memory until the caller's scope ends.
        using var scope = NewDisposeScope();
        return apply(input, bias!, weight, input.requires_grad, needsBias).MoveToOuterDisposeScope();
    }

    /// <param name="ctx">The node.</param>
    /// <param name="vars">The input, the bias or null, the weight, and whether the input and the bias need gradients.</param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, bias, weight) = ((Tensor)vars[0], (Tensor?)vars[1], (QuantizedWeight)vars[2]);
        using var noGrad = no_grad();
        ctx.save_data(WeightKey, weight);
        ctx.save_data(ShapeKey, input.shape);
        ctx.save_data(NeedsKey, ((bool)vars[3], (bool)vars[4], bias?.dtype));
        return Forward(input, weight, bias);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        ReturnedGradients.Free();
        Tensor? ofInput = null;
        Tensor? ofBias = null;
        try
        {
            using var noGrad = no_grad();
            var (needsInput, needsBias, biasType) = ((bool, bool, ScalarType?))ctx.get_data(NeedsKey);
            using var rows = grad_output.reshape(-1, grad_output.shape[^1]);
            if (needsInput)
                ofInput = Backward(rows, (QuantizedWeight)ctx.get_data(WeightKey), (long[])ctx.get_data(ShapeKey));
            if (needsBias)
                ofBias = rows.sum([0L], type: biasType);
        }
        catch (Exception)
        {
            // An exception that leaves this method ends the process. Without a gradient training can't go on unnoticed with wrong ones.
            ofInput = Invalid(ctx, grad_output);
        }

        grad_output.Dispose();
        return ReturnedGradients.Keep(ofInput, ofBias, null, null, null);
    }

    private static Tensor Forward(Tensor input, QuantizedWeight weight, Tensor? bias)
    {
        using var scope = NewDisposeScope();
        var type = TypeFor(input, weight);
        var rows = input.reshape(-1, weight.Inputs).to(type);
        var output = empty(rows.shape[0], weight.Outputs, dtype: type, device: input.device);
        if (bias is not null)
            output.copy_(bias);
        else if (weight.Inputs == 0)
            output.zero_();
        foreach (var chunk in weight.Chunks(type))
        {
            using var inner = NewDisposeScope();
            output.narrow(1, chunk.Start, chunk.Count).addmm_(rows, weight.Rows(chunk, type).t(), beta: bias is null ? 0 : 1, alpha: 1);
        }

        return output.to(input.dtype).view([.. input.shape[..^1], weight.Outputs]).MoveToOuterDisposeScope();
    }

    // The sum of the parts is exact to float32, also if they are bfloat16.
    private static Tensor Backward(Tensor output, QuantizedWeight weight, long[] shape)
    {
        using var scope = NewDisposeScope();
        var type = TypeFor(output, weight);
        var gradient = output.to(type);
        Tensor? sum = null;
        foreach (var chunk in weight.Chunks(type))
        {
            using var inner = NewDisposeScope();
            var part = gradient.narrow(1, chunk.Start, chunk.Count);
            var rows = weight.Rows(chunk, type);
            if (sum is null)
                sum = part.matmul(rows).MoveToOuterDisposeScope();
            else if (type != ScalarType.BFloat16)
                sum.addmm_(part, rows);
            else
                sum = sum.to(ScalarType.Float32).add_(part.matmul(rows)).MoveToOuterDisposeScope();
        }

        sum ??= zeros(output.shape[0], weight.Inputs, dtype: type, device: output.device);
        return sum.to(output.dtype).view(shape).MoveToOuterDisposeScope();
    }

    private static ScalarType TypeFor(Tensor input, QuantizedWeight weight)
    {
        return input.dtype == ScalarType.Float64 ? ScalarType.Float64 : weight.ComputeType;
    }

    private static Tensor? Invalid(autograd.AutogradContext ctx, Tensor output)
    {
        try
        {
            return full((long[])ctx.get_data(ShapeKey), double.NaN, dtype: output.dtype, device: output.device);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static void EnsureFits(string path, Tensor input, QuantizedWeight weight)
    {
        var shape = input.shape;
        if (shape.Length == 0 || shape[^1] != weight.Inputs)
        {
            throw new ArgumentException(
                $"{path}: the input has the shape [{string.Join(", ", shape)}], but the layer has {weight.Inputs} inputs, so its last size must be that.");
        }

        if (!input.is_floating_point())
            throw new ArgumentException($"{path}: the input is {input.dtype}, but a quantised layer needs a floating-point input.");
        if (input.device_type != weight.Device.type || input.device_index != weight.Device.index)
            throw new ArgumentException($"{path}: the input is on {input.device}, the quantised weight on {weight.Device}. Move the model with to.");
    }
}
