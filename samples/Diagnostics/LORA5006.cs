namespace LORA5006;

static class Program
{
    static void Run(Net model)
    {
        using var lora = model.AttachLora();
        lora.Merge();
        model.load("base.dat");
    }
}
