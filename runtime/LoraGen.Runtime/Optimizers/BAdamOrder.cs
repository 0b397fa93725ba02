namespace LoraGen;

/// <summary>The order in which <see cref="BAdam"/> trains the blocks.</summary>
public enum BAdamOrder
{
    /// <summary>Each block once in a random order, which is drawn again for each pass. It depends on the seed only.</summary>
    Random,

    /// <summary>From the first block to the last: from the input to the output.</summary>
    Ascending,

    /// <summary>From the last block to the first.</summary>
    Descending,
}
