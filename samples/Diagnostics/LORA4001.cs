namespace LORA4001;

static class Program
{
    static void Train(Net model)
    {
        using var lora = model.AttachLora();
        var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
    }
}
