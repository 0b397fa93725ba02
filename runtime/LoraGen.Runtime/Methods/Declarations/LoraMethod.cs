namespace LoraGen;

/// <summary>LoRA with its options, which correspond to the properties of <see cref="LoraAttribute"/>.</summary>
public sealed partial record LoraMethod : LowRankMethod
{
    internal override string Label => "LoRA";
}
