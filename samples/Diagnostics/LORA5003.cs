namespace LORA5003;

static class Program
{
    static void Run(Net model)
    {
        using var lora = model.AttachLora();
        lora.Merge();
        model.save("base.dat");
    }
}
