namespace Models.Configs;

/// <summary>How a model scales its rotary embedding for texts that are longer than those of its first training.</summary>
/// <param name="Factor">The divisor of the slow frequencies.</param>
public abstract record RopeScaling(double Factor)
{
    /// <summary>From <c>rope_scaling</c>, or <c>rope_parameters</c> as transformers 5 writes it; null if there is none.</summary>
    /// <exception cref="NotSupportedException">Another type than default, linear and llama3.</exception>
    public static RopeScaling? Read(ConfigFile config)
    {
        if ((config.Section("rope_parameters") ?? config.Section("rope_scaling")) is not { } scaling)
            return null;

        var type = scaling.Text("rope_type") ?? scaling.Text("type") ?? "default";
        scaling.Expect("rope_type", type, "default", "linear", "llama3");
        return type switch
        {
            "linear" => new LinearRopeScaling(scaling.Number("factor")),
            "llama3" => new Llama3RopeScaling(
                scaling.Number("factor"), scaling.Number("low_freq_factor"), scaling.Number("high_freq_factor"),
                scaling.Number("original_max_position_embeddings")),
            _ => null,
        };
    }

    /// <summary>The base of the frequencies: at the top of the file, or where transformers 5 writes it.</summary>
    public static double Theta(ConfigFile config, double otherwise)
    {
        return config.Section("rope_parameters")?.Number("rope_theta", otherwise) ?? config.Number("rope_theta", otherwise);
    }

    /// <summary>The scaled frequency, in radians a position.</summary>
    public abstract double Scale(double frequency);
}

/// <summary>All frequencies equally (Chen et al. 2023, arXiv:2306.15595).</summary>
public sealed record LinearRopeScaling(double Factor) : RopeScaling(Factor)
{
    public override double Scale(double frequency) => frequency / Factor;
}

/// <summary>
/// Llama 3.1's: slow frequencies are divided, fast ones are unchanged, those in between are interpolated (transformers, modeling_rope_utils.py, "llama3").
/// </summary>
public sealed record Llama3RopeScaling(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, double OriginalContext) : RopeScaling(Factor)
{
    public override double Scale(double frequency)
    {
        var turns = OriginalContext * frequency / (2 * Math.PI);
        var kept = Math.Clamp((turns - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor), 0, 1);
        return (1 - kept) * frequency / Factor + kept * frequency;
    }
}
