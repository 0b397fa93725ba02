namespace LoraGen;

/// <summary>The network that computes the virtual tokens of P-tuning.</summary>
public enum PromptEncoder
{
    /// <summary>Three linear layers with ReLU between them.</summary>
    Mlp,

    /// <summary>A bidirectional LSTM and two linear layers with ReLU between them, as in the paper.</summary>
    Lstm,
}
