namespace LORA4007;

static class Program
{
    static void Train(Net model, Tensor x)
    {
        using var lora = model.AttachLora();
        lora.Merge();
        model.call(x).sum().backward();
    }
}
