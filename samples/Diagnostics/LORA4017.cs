namespace LORA4017;

static class Program
{
    static void Train(Net model)
    {
        using var lora = model.AttachLora();
        using var optimizer = new BAdam(model, learningRate: 1e-3);
    }
}
