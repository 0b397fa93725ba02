namespace LORA5001;

static class Program
{
    static void Run(Net model, Tensor x)
    {
        using var lora = model.AttachLora();
        lora.Merge();
        model.call(x);
        lora.Merge();
    }
}
