namespace Acme;

/// <summary>Code that is no model, and calls layers all the same.</summary>
internal static class Training
{
    public static Tensor Probe(Linear layer, Module<Tensor, Tensor> model, Tensor input)
    {
        var first = layer.forward(input);
        return model.forward(first);
    }

    public static int Steps(int samples, int batch) => samples / batch;
}
