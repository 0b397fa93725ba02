namespace LORA4019;

static class Program
{
    static void Train(Net model)
    {
        using var lora = model.AttachLora();
        using var optimizer = optim.AdamW(lora.ParameterGroups(learningRate: 2e-4, ratio: 0.0625));
        optimizer.step();
    }
}
