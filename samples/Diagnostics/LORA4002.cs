namespace LORA4002;

static class Program
{
    static void Train(Net model, Tensor x)
    {
        var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
        using var lora = model.AttachLora();
        model.call(x).sum().backward();
        optimizer.step();
    }
}
