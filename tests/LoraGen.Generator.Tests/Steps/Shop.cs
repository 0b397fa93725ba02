using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Steps;

/// <summary>A project of three models in files of their own, to be edited.</summary>
internal static class Shop
{
    public const string Files = """
        // file: First.cs
        [Lora(Rank = 2)]
        public class First : Module<Tensor, Tensor>
        {
            private const int Width = 4;
            private readonly Linear fc = Linear(Width, 4);
            private readonly Block block = new();

            public First() : base("First") => RegisterComponents();

            public override Tensor forward(Tensor x) => block.forward(fc.forward(x));
        }
        // file: Second.cs
        [Lora(Rank = 3)]
        public class Second : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Second() : base("Second") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.call(x);
        }
        // file: Third.cs
        public class Third : Module<Tensor, Tensor>
        {
            private readonly Block block = new();

            public Third() : base("Third") => RegisterComponents();

            public override Tensor forward(Tensor x) => block.call(x);
        }
        // file: Block.cs
        public class Block : Module<Tensor, Tensor>
        {
            private const int Inner = 8;
            private readonly Linear up = Linear(4, Inner);
            private readonly Linear down = Linear(Inner, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => down.forward(up.forward(x));
        }
        // file: Assembly.cs
        [assembly: Lora(typeof(Third), Rank = 4)]
        // file: Other.cs
        public static class Other
        {
            public static int Answer() => 42;
        }
        """;

    public static GeneratorRun Run { get; } = TestProject.Project.Files(Files);

    public static GeneratorRun WithoutInterceptors { get; } = TestProject.WithoutInterceptors.Files(Files);
}
