namespace LORA4016;

static class Program
{
    static void Train(Net model)
    {
        using var lora = model.AttachLora();
        using var optimizer = new GaLore(lora.Parameters(), rank: 4, learningRate: 1e-3);
    }
}
