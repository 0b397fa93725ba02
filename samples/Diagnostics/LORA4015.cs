namespace LORA4015;

using System.Threading.Tasks;

static class Program
{
    static void Run(Linear model, Tensor[] inputs, Tensor[] outputs)
    {
        Parallel.For(0, inputs.Length, i => outputs[i] = model.to(inputs[i].device).call(inputs[i]));
    }
}
