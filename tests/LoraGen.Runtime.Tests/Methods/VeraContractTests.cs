namespace LoraGen.Runtime.Tests.Methods;

public sealed class VeraContractTests : MethodContract<VeraMethod, LinearAlone>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachVera();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachVeraFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachVeraForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerVera.Count(kind);

    // A few factors of random matrices come near the target in many ways.
    internal override double LearnedShare => 0.5;
}
