namespace LORA4006;

static class Program
{
    static void Train(Net model, Tensor x)
    {
        using var lora = model.AttachLora();
        using var _ = no_grad();
        var loss = model.call(x).sum();
        loss.backward();
    }
}
