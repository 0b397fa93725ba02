namespace LoraGen;

/// <summary>LoRA with its options; each means what the property of the same name on <see cref="LoraAttribute"/> says.</summary>
public sealed partial record LoraMethod : LowRankMethod
{
    internal override string Label => "LoRA";
}
