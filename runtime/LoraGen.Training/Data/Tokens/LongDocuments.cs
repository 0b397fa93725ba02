namespace LoraGen.Training.Tokens;

/// <summary>What happens to documents that are longer than a packed row.</summary>
public enum LongDocuments
{
    /// <summary>They are cut into parts of the length of a row; each part is a document. No token is lost, for texts that are learned as a whole.</summary>
    Split,

    /// <summary>They are truncated, for prompts with answers.</summary>
    Truncate,
}
