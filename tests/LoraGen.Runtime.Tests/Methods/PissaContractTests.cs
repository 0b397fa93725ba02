namespace LoraGen.Runtime.Tests.Methods;

public sealed class PissaContractTests : MethodContract<PissaMethod>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachPissa();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachPissaFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachPissaForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerPissa.Count(kind);
}
