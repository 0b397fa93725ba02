namespace LoraGen.Training;

/// <summary>The size of a model.</summary>
public enum ModelSize
{
    /// <summary>Up to a few billion parameters.</summary>
    Base,

    /// <summary>From about seven billion parameters on.</summary>
    Large,
}
