using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

public sealed class DoraContractTests : MethodContract<DoraMethod>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachDora();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachDoraFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachDoraForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerDora.Count(kind);

    // The norm is a constant to the gradient: the changed weight divided by the norm that it has now.
    internal override Func<Tensor> Differentiable(OneLayer model, AdapterBase adapter, Tensor input)
    {
        var site = (DoraSite)adapter.Sites.Single();
        var layer = site.Layer;
        using var noGrad = no_grad();
        var norm = layer.Rows(Changed()).square().sum(1).sqrt();
        return () =>
        {
            var weight = Changed() * layer.AlongWeightOutput(site.Magnitude.flatten() / norm);
            var output = layer.Apply(input, weight);
            return layer.Bias is { } bias ? output + layer.AlongOutput(bias) : output;
        };

        Tensor Changed() => layer.Weight! + site.Product();
    }
}
