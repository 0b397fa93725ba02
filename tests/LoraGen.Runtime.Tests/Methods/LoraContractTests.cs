namespace LoraGen.Runtime.Tests.Methods;

public sealed class LoraContractTests : MethodContract<LoraMethod>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachLora();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachLoraFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachLoraForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerLora.Count(kind);
}

public sealed class RsLoraContractTests : MethodContract<LoraMethod>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachStableLora();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachStableLoraFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachStableLoraForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerStableLora.Count(kind);
}
