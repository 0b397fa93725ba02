namespace LoraGen.Runtime.Tests.Methods;

public sealed class VeraContractTests : MethodContract<VeraMethod, LinearAlone>
{
    internal override Adapter<OneLayer> Attach(OneLayer model) => model.AttachVera();

    internal override Adapter<OneLayer> AttachFrom(OneLayer model, string folder) => model.AttachVeraFrom(folder);

    internal override InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder) => model.AttachVeraForInference(folder);

    internal override ParameterCount Count(string kind) => OneLayerVera.Count(kind);

    // Two vectors that scale fixed random matrices can't reach any target.
    internal override double LearnedShare => 0.5;
}
