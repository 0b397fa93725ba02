namespace LORA4004;

static class Program
{
    static void Train(Net model)
    {
        using var lora = model.AttachLora();
        lora.Detach();
        var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
    }
}
