namespace LoraGen.Analyzers.Tests.Methods;

/// <summary>User-defined methods: one that can be merged, and one that can't.</summary>
internal static class OwnMethods
{
    public const string Source = """

        // file: Methods.cs
        public sealed record ScaleMethod : MergeableMethod
        {
            protected override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [new("Scale", [layer.Outputs], ".scale")];

            protected override void Start(Site site) => init.ones_(site["Scale"]);

            protected override Tensor OnOutput(LayerCall call, Tensor input, Tensor output) => output * call.Site["Scale"];

            protected override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
                => new(weights.Weight * site["Scale"].unsqueeze(1), weights.Bias is { } bias ? bias * site["Scale"] : null);
        }

        public sealed record GateMethod : AdapterMethod
        {
            protected override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [new("Gate", [1], ".gate")];

            protected override void Start(Site site) => init.zeros_(site["Gate"]);

            protected override Tensor OnOutput(LayerCall call, Tensor input, Tensor output) => output * (1 + call.Site["Gate"]).tanh();
        }
        """;
}
