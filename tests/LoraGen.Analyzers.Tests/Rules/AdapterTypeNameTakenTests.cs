namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AdapterTypeNameTakenTests : FixableRuleTests
{
    protected override string Id => "LORA1010";

    protected override string Message =>
        "Your type ModelLora has the name of a type of adapter \"default\" of Model, so nothing is generated for the adapter; "
        + "rename it, or give the adapter another Name";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [{|LORA1010:Lora|}]
        {{Models.Empty}}

        public static class ModelLora
        {
            public const int Rank = 8;
        }
        """,
        """
        // file: Model.cs
        [assembly: Lora(typeof(Space.Model), Name = {|LORA1010:"style"|})]

        namespace Space
        {
            public sealed class Model() : Module<Tensor, Tensor>("Model")
            {
                public override Tensor forward(Tensor x) => x;
            }
        }
        // file: Options.cs
        namespace Space;

        internal struct ModelStyleLora;
        """,
        """
        internal static class Outer
        {
            [{|LORA1010:Lora|}]
            internal sealed class Model() : Module<Tensor, Tensor>("Model")
            {
                public override Tensor forward(Tensor x) => x;
            }
        }

        internal static class OuterModelLoraExtensions
        {
            public static void Print(this Outer.Model model) { }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        "[Lora] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        """
        namespace Space
        {
            [Lora] public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        }

        public sealed class ModelLora;
        """,
        """
        [Lora] public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }

        public sealed class ModelLora<T>;
        """,
        """
        public static class Outer
        {
            [Lora] public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }

            public sealed class OuterModelLora;
        }
        """,
        """
        [Lora(Name = "style")] public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }

        public sealed class ModelLora;
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 4)]
            {{Models.Empty}}

            public static class ModelLora
            {
            }
            """,
            $$"""
            [Lora(Rank = 4, Name = "default2")]
            {{Models.Empty}}

            public static class ModelLora
            {
            }
            """),
    ];
}
