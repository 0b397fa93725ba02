namespace LoraGen.Runtime.Tests.Methods;

public sealed class OftContractTests : MethodContract<OftMethod, LinearAlone>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachOft();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachOftFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachOftForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerOft.Count(kind);
}

public sealed class ExactOftContractTests : MethodContract<OftMethod, LinearAlone>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachExactOft();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachExactOftFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachExactOftForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerExactOft.Count(kind);
}

public sealed class SharedOftContractTests : MethodContract<OftMethod, LinearAlone>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachSharedOft();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachSharedOftFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachSharedOftForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerSharedOft.Count(kind);
}
