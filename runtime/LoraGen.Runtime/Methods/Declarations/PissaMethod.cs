namespace LoraGen;

/// <summary>PiSSA with its options, which correspond to the properties of <see cref="PissaAttribute"/>.</summary>
public sealed partial record PissaMethod : WeightStartMethod
{
    internal override string Label => "PiSSA";

    private protected override string Vectors => "singular vectors";
}
