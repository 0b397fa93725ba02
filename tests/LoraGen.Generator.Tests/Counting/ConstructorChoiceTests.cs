namespace LoraGen.Generator.Tests.Counting;

/// <summary>Which of several constructors arguments are for.</summary>
public sealed class ConstructorChoiceTests
{
    [Theory]
    [InlineData("new(3)")]
    [InlineData("new(3L)")]
    [InlineData("new(Size + 1L)")]
    [InlineData("new((long)Size)")]
    [InlineData("new(3.0)")]
    [InlineData("new(\"x\")")]
    [InlineData("new(3, 4)")]
    [InlineData("new(b: 4, a: 3)")]
    [InlineData("new()")]
    public void Of_a_block(string made) => CountedModel.AgreesByConstants(Source(made));

    [Fact]
    public void None_is_guessed() => CountedModel.IsUncounted(Source("new(default)"), "Model: which constructor new(default) calls can't be told");

    // By their number alone it would be the constructor itself.
    private static string Source(string made) => $$"""
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private const int Size = 5;
            private readonly Block block = {{made}};

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => block.forward(x);
        }

        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public Block() : this((long)7)
            {
            }

            public Block(int a) : this((long)a)
            {
            }

            public Block(long a, int b = 4) : base("Block")
            {
                fc = Linear(a, b);
                RegisterComponents();
            }

            public Block(double a) : base("Block")
            {
                fc = Linear((long)a, 5);
                RegisterComponents();
            }

            public Block(string a, int b = 2) : base("Block")
            {
                fc = Linear(a.Length + 1, b);
                RegisterComponents();
            }

            public Block(int a, int b) : base("Block")
            {
                fc = Linear(a, 2 * b);
                RegisterComponents();
            }

            private Block(byte a) : base("Block")
            {
                fc = Linear(a, 9);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """;
}
