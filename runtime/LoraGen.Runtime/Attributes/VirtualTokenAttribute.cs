namespace LoraGen;

/// <summary>The base class of the attributes whose adapters train virtual tokens. Such an adapter adapts no layer.</summary>
public abstract class VirtualTokenAttribute : AdapterAttribute
{
    private protected VirtualTokenAttribute()
    {
    }

    private protected VirtualTokenAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>The number of virtual tokens; at least 1. Default 20. PEFT's <c>num_virtual_tokens</c>.</summary>
    public int Tokens { get; set; } = VirtualTokenMethod.DefaultTokens;
}
