namespace LORA4003;

static class Program
{
    static void Train(Net model, Tensor x)
    {
        using var lora = model.AttachLora();
        var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
        lora.To(ScalarType.BFloat16);
        optimizer.step();
    }
}
