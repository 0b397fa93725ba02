namespace LoraGen.Benchmarks.Loading;

/// <summary>What is done with the file.</summary>
internal enum Load
{
    /// <summary>Every tensor is read and kept.</summary>
    Read,

    /// <summary>Every tensor is read, summed and kept.</summary>
    ReadAndSum,

    /// <summary>A model that is there gets the values.</summary>
    IntoModel,
}
