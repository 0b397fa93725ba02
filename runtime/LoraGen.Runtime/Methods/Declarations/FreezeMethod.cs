namespace LoraGen;

/// <summary>Training of chosen modules, by <see cref="FreezeAttribute"/>.</summary>
public sealed partial record FreezeMethod : SelectiveMethod
{
    internal override string Label => "Freeze";

    internal override string RequiredChoice => "Targets or Layers";
}
