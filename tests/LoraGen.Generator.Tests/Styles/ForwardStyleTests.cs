namespace LoraGen.Generator.Tests.Styles;

/// <summary>The shapes that a model's forward takes.</summary>
[Collection(nameof(RunsTorch))]
public sealed class ForwardStyleTests
{
    [Theory]
    [InlineData("Module<Tensor, Tensor>", "public override Tensor forward(Tensor x) => fc.call(x);", "model.call(x)")]
    [InlineData("torch.nn.Module", "public Tensor forward(Tensor x) => fc.forward(x);", "model.forward(x)")]
    [InlineData("torch.nn.Module", "public Tensor Predict(Tensor x) => fc.forward(x);", "model.Predict(x)")]
    [InlineData("Module<Tensor, Tensor, Tensor>", "public override Tensor forward(Tensor x, Tensor y) => fc.forward(x + y);", "model.forward(x, x)")]
    [InlineData(
        "Module<Tensor, bool, (Tensor, Tensor)>",
        "public override (Tensor, Tensor) forward(Tensor x, bool y) => (fc.forward(x), x);",
        "model.call(x, true).Item1")]
    [InlineData("Module<Tensor[], Tensor>", "public override Tensor forward(Tensor[] x) => fc.forward(x[0]);", "model.forward(new[] { x })")]
    [InlineData("Module<Tensor, Tensor>", "public override Tensor forward(Tensor x) { using var h = fc.forward(x); return h.mul(2); }", "model.forward(x)")]
    public void Base_class_and_signature(string baseClass, string forward, string run) => Style.Adapts($$"""
        [Lora(Rank = 2)]
        public sealed class Model : {{baseClass}}
        {
            private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            {{forward}}
        }

        public static class Make
        {
            public static Tensor Run(Model model, Tensor x) => {{run}};
        }
        """, "fc");

    [Fact]
    public void Shared_layer() => Style.Adapts("""
        [Lora(Rank = 2)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear first, second;

            public Model() : base("Model")
            {
                first = second = Linear(4, 4);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => second.forward(first.forward(x));
        }
        """, "first");
}
