namespace LoraGen;

/// <summary>OLoRA with its options, which correspond to the properties of <see cref="OloraAttribute"/>.</summary>
public sealed partial record OloraMethod : WeightStartMethod
{
    internal override string Label => "OLoRA";

    private protected override string Vectors => "orthogonal columns";
}
