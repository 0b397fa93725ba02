namespace Samples.Models.Tests.Reference;

/// <summary>
/// The frequencies of rotary embeddings by the formulas of transformers' modeling_rope_utils.py, branch by branch: _compute_default_rope_parameters,
/// _compute_linear_scaling_rope_parameters and _compute_llama3_parameters.
/// </summary>
internal static class PlainRope
{
    public static double[] Default(int headSize, double theta)
    {
        return [.. Enumerable.Range(0, headSize / 2).Select(i => 1 / Math.Pow(theta, 2.0 * i / headSize))];
    }

    public static double[] Linear(int headSize, double theta, double factor) => [.. Default(headSize, theta).Select(frequency => frequency / factor)];

    public static double[] Llama3(int headSize, double theta, double factor, double low, double high, double oldContext)
    {
        return [.. Default(headSize, theta).Select(Scaled)];

        double Scaled(double frequency)
        {
            var wavelength = 2 * Math.PI / frequency;
            if (wavelength < oldContext / high)
                return frequency;
            if (wavelength > oldContext / low)
                return frequency / factor;
            var smooth = (oldContext / wavelength - low) / (high - low);
            return (1 - smooth) * frequency / factor + smooth * frequency;
        }
    }
}
