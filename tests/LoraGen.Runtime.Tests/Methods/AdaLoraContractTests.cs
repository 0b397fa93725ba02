namespace LoraGen.Runtime.Tests.Methods;

public sealed class AdaLoraContractTests : MethodContract<AdaLoraMethod, AllButEmbedding>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachAdaLora();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachAdaLoraFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachAdaLoraForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerAdaLora.Count(kind);
}
