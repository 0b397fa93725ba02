namespace LORA4005;

static class Program
{
    static void Train(Net model)
    {
        using var lora = model.AttachLora();
        foreach (var parameter in model.parameters())
            parameter.requires_grad = true;
    }
}
