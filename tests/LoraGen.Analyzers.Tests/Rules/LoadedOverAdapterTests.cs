namespace LoraGen.Analyzers.Tests.Rules;

public sealed partial class LoadedOverAdapterTests : FixableRuleTests
{
    protected override string Id => "LORA5006";

    protected override string Message =>
        "model is loaded while lora is merged; lora.Unmerge() and Detach() would put the former weights back, and throw instead: call lora.Unmerge() before loading";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Run(Net model)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                {|LORA5006:model.load("base.dat")|};
            }
        }
        """,
        """
        static class Program
        {
            static void Run(Net model, Net other)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                {|LORA5006:model.load_state_dict(other.state_dict())|};
                lora.Unmerge();
            }
        }
        """,
        """
        sealed class Server(NetLora lora)
        {
            public void Load(System.IO.BinaryReader reader)
            {
                lora.Merge();
                {|LORA5006:lora.BaseModel.load(reader)|};
            }
        }
        """,
        """
        static class Program
        {
            static void Run(Classifier model)
            {
                using var lora = model.AttachLora();
                {|LORA5006:model.load("base.dat")|};
            }
        }

        [Lora(Rank = 2)]
        public sealed class Classifier : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            [Trainable] private readonly Linear head = Linear(64, 2);

            public Classifier() : base("Classifier") => RegisterComponents();

            public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
        }
        """,
        """
        static class Program
        {
            static void Run(Classifier model)
            {
                using var lora = model.AttachLora();
                {|LORA5006:model.load("base.dat")|};
            }
        }

        [Lora(Rank = 2, Bias = LoraBias.All)]
        public sealed class Classifier : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly Linear head = Linear(64, 2);

            public Classifier() : base("Classifier") => RegisterComponents();

            public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
        }
        """,
        """
        static class Program
        {
            static void Run(Classifier model, string path)
            {
                var lora = model.AttachLora();
                if (path.Length > 0)
                    {|LORA5006:model.load(path)|};
            }
        }

        [Lora(Rank = 2)]
        public sealed class Classifier : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            [Trainable(Name = "default")] private readonly Linear head = Linear(64, 2);

            public Classifier() : base("Classifier") => RegisterComponents();

            public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            static class Program
            {
                static void Run(Net model)
                {
                    using var lora = model.AttachLora();
                    lora.Merge();
                    model.load("base.dat");
                }
            }
            """,
            """
            static class Program
            {
                static void Run(Net model)
                {
                    using var lora = model.AttachLora();
                    lora.Merge();
                    lora.Unmerge();
                    model.load("base.dat");
                }
            }
            """),
    ];

    [Theory]
    [InlineData(3, "lora trains head; what is loaded into head becomes part of lora,")]
    [InlineData(4, "lora trains biases; what is loaded into biases becomes part of lora,")]
    public async Task Says_what_the_adapter_trains(int code, string text)
    {
        Assert.Contains(text, await MessageOf(Fires[code]), StringComparison.Ordinal);
    }
}
