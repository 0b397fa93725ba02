namespace LORA4013;

static class Program
{
    static void Train(Net model)
    {
        using var lora = model.AttachLora();
        using var second = model.AttachLora();
    }
}
