namespace LoraGen;

/// <summary>The names of the tensors of virtual tokens in files.</summary>
internal static class VirtualTokenKeys
{
    /// <summary>PEFT's only tensor: the virtual tokens.</summary>
    public const string Table = "prompt_embeddings";

    /// <summary>The beginning of the names of what computes them, which PEFT does not save.</summary>
    public const string Encoder = "prompt_encoder.";
}
