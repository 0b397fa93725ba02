namespace LoraGen.Training.Tokens;

/// <summary>Where an example that is too long loses tokens.</summary>
public enum TruncationSide
{
    /// <summary>The last tokens are removed.</summary>
    End,

    /// <summary>The first tokens are removed.</summary>
    Beginning,
}
