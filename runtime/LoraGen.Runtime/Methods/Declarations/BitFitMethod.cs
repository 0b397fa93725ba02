namespace LoraGen;

/// <summary>Training of the biases, by <see cref="BitFitAttribute"/>.</summary>
public sealed partial record BitFitMethod : SelectiveMethod
{
    internal override string Label => "BitFit";
}
