namespace LORA4010;

static class Program
{
    static void Run(Net model)
    {
        var lora = model.AttachLora();
        lora.MergeAndUnload();
        Console.WriteLine(lora.Parameters().Count);
    }
}
