namespace LoraGen;

/// <summary>The options of the methods that are LoRA with a start from a decomposition of the weight: PiSSA and OLoRA.</summary>
public abstract class WeightStartAttribute : LowRankAttribute
{
    private protected WeightStartAttribute()
    {
    }

    private protected WeightStartAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>
    /// Saves only A and B, as PEFT's <c>init_lora_weights="pissa"</c> and <c>"olora"</c> do: loading them subtracts the initial product again, computed from
    /// the same base weights. Default false: a plain LoRA adapter of rank 2 · rank, which every reader of LoRA adds to the original weights. Loading accepts
    /// both.
    /// </summary>
    public bool SaveResidualForm { get; set; }
}
