namespace LORA5002;

static class Program
{
    static void Run(Net model, Tensor x)
    {
        using var lora = model.AttachLora();
        model.call(x);
        lora.Unmerge();
    }
}
