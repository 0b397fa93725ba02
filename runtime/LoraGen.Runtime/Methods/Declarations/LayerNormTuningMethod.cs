namespace LoraGen;

/// <summary>Training of the normalizations, by <see cref="LayerNormTuningAttribute"/>.</summary>
public sealed partial record LayerNormTuningMethod : SelectiveMethod
{
    internal override string Label => "LayerNorm tuning";
}
