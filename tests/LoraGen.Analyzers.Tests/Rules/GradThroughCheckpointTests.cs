namespace LoraGen.Analyzers.Tests.Rules;

public sealed class GradThroughCheckpointTests : RuleTests
{
    protected override string Id => "LORA4021";

    protected override string Message =>
        "autograd.grad throws if it reaches a checkpointed block, whose second run gives gradients to all parameters, and only once; call backward() without "
        + "inputs, or compute this without the checkpoints";

    protected override IReadOnlyList<string> Fires =>
    [
        Program("{|LORA4021:autograd.grad(new[] { y }, new[] { x })|};"),
        Program("{|LORA4021:y.backward(inputs: new[] { x })|};"),
        Program("{|LORA4021:autograd.backward(y, (Tensor?)null, create_graph: true)|};"),
        Program("{|LORA4021:y.backward(null, true, true, null)|};", "[Lora(Checkpoint = new[] { \"blocks.*\" })]"),
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        Program("y.backward();"),
        Program("y.backward(null, true, false, null); autograd.backward(y, (Tensor?)null);"),
        Program("autograd.grad(new[] { y }, new[] { x });", string.Empty),
        Program("autograd.grad(new[] { y }, new[] { x });", "[Lora(Checkpoint = new string[0])]"),
        Program("Other.grad(y);"),
    ];

    private static string Program(string statement, string attribute = "[Checkpoint]") => $$"""
        {{attribute}}
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public static class Other
        {
            public static void Run(Model model, Tensor x)
            {
                var y = model.forward(x).sum();
                {{statement}}
            }

            public static void grad(Tensor x) => _ = x;
        }
        """;
}
