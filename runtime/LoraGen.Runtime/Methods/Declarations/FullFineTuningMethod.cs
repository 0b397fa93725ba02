namespace LoraGen;

/// <summary>Training of all parameters, by <see cref="FullFineTuningAttribute"/>.</summary>
public sealed partial record FullFineTuningMethod : SelectiveMethod
{
    internal override string Label => "full fine-tuning";
}
