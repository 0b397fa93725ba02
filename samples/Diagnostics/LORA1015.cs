namespace LORA1015;

[Lora(Rank = 8)]
public sealed class ModelConfig
{
    public int Width { get; init; }
}
