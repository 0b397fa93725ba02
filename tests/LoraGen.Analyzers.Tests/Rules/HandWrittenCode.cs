namespace LoraGen.Analyzers.Tests.Rules;

/// <summary>A LoRA layer as people write it, with the parts in which the rules differ.</summary>
internal static class HandWrittenCode
{
    public static string Layer(string forward, string constructor = "", string members = "") =>
        $$"""
        public sealed class LoraLinear : Module<Tensor, Tensor>
        {
            private readonly Linear linear;
            private readonly Parameter lora_A;
            private readonly Parameter lora_B;
            private readonly double scaling;
            {{members}}

            public LoraLinear(Linear linear, int rank, double alpha)
                : base("LoraLinear")
            {
                this.linear = linear;
                lora_A = new Parameter(randn(rank, 4));
                lora_B = new Parameter(zeros(4, rank));
                scaling = alpha / rank;
                {{constructor}}
                RegisterComponents();
            }

            {{forward}}
        }
        """;
}
