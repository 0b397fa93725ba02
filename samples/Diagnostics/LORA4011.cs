namespace LORA4011;

static class Program
{
    static void Train(Net model)
    {
        var lora = model.AttachLora();
        var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
    }
}
