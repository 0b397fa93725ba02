using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Support;

/// <summary>The derivative by its definition: for float64.</summary>
internal static class FiniteDifference
{
    private const double Step = 1e-5;

    public static Tensor Of(Tensor variable, Func<Tensor> loss)
    {
        using var noGrad = no_grad();
        var difference = zeros_like(variable);
        var flat = variable.detach().view(-1);
        var result = difference.view(-1);
        for (long i = 0; i < flat.numel(); i++)
        {
            var value = flat[i].clone();
            flat[i] = value + (Scalar)Step;
            var above = loss();
            flat[i] = value - (Scalar)Step;
            var below = loss();
            flat[i] = value;
            result[i] = (above - below) / (Scalar)(2 * Step);
        }

        return difference.detach();
    }
}
