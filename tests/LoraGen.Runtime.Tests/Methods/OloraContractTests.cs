namespace LoraGen.Runtime.Tests.Methods;

public sealed class OloraContractTests : MethodContract<OloraMethod>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachOlora();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachOloraFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachOloraForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerOlora.Count(kind);
}
