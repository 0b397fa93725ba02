namespace LoraGen;

/// <summary>The biases of the base model that are trained beside an adapter: PEFT's option <c>bias</c>.</summary>
public enum LoraBias
{
    /// <summary>None: every bias is frozen with the rest of the base model. PEFT's <c>none</c>.</summary>
    None,

    /// <summary>Every parameter of the base model whose own name contains <c>bias</c>, those of layers without an adapter too. PEFT's <c>all</c>.</summary>
    All,

    /// <summary>The biases of the adapted layers. PEFT's <c>lora_only</c>.</summary>
    LoraOnly,
}
