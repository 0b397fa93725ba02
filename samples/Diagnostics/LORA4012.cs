namespace LORA4012;

static class Program
{
    static void Train(Net model, Tensor x)
    {
        model.AttachLora();
        model.call(x).sum().backward();
    }
}
