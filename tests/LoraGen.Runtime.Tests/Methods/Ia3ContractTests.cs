namespace LoraGen.Runtime.Tests.Methods;

public sealed class Ia3ContractTests : MethodContract<Ia3Method>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachIa3();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachIa3From(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachIa3ForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerIa3.Count(kind);
}

public sealed class ScaledRowsContractTests : MethodContract<ScaledRows>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachScaledRows();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachScaledRowsFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachScaledRowsForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerScaledRows.Count(() => new OneLayer(kind));
}
