namespace LoraGen;

/// <summary>The initial values of the virtual tokens of prompt tuning.</summary>
public enum PromptInit
{
    /// <summary>Normal with mean 0 and deviation 1, as in PEFT.</summary>
    Random,

    /// <summary>The embeddings of randomly chosen tokens of the vocabulary, which <see cref="IPromptable.TokenEmbeddings"/> must provide.</summary>
    Vocabulary,
}
