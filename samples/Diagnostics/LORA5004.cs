namespace LORA5004;

static class Program
{
    static void Merge(NetLora lora, Linear layer)
    {
        using var guard = no_grad();
        layer.weight.add_(lora.Fc1.Delta());
    }
}
