namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AdapterNameTakenTests : FixableRuleTests
{
    protected override string Id => "LORA1009";

    protected override string Message =>
        "The type ModelLora already belongs to adapter \"default\" of Model, so nothing is generated for this attribute; give it another Name";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Rank = 8)]
        [{|LORA1009:Lora(Rank = 16)|}]
        {{Models.Empty}}
        """,
        $$"""
        [assembly: {|LORA1009:Lora(typeof(Model), Rank = 4)|}]
        [assembly: Lora(typeof(Model), Name = "a-b")]
        [assembly: Lora(typeof(Model), Name = {|LORA1009:"a b"|})]

        [Lora]
        {{Models.Empty}}
        """,
        """
        // file: B.cs
        namespace Space;

        [{|LORA1009:Lora|}]
        public partial class Model
        {
        }
        // file: A.cs
        namespace Space;

        [Lora(Name = "default")]
        [Lora(Name = "style"), Lora(Name = {|LORA1009:"Style"|}), Lora(Name = {|LORA1009:"style"|})]
        public partial class Model() : Module<Tensor, Tensor>("Model")
        {
            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora]
        public sealed class OuterModel() : Module<Tensor, Tensor>("OuterModel")
        {
            public override Tensor forward(Tensor x) => x;
        }

        public static class Outer
        {
            [{|LORA1009:Lora|}]
            public sealed class Model() : Module<Tensor, Tensor>("Model")
            {
                public override Tensor forward(Tensor x) => x;
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        [Lora]
        [Lora(Name = "style")]
        public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        """,
        """
        namespace A
        {
            [Lora] public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        }

        namespace B
        {
            [Lora] public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        }
        """,

        // A member's attributes name the adapter that they speak of.
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = 2)] private readonly Linear a = Linear(4, 4);
            [Lora(Rank = 2, Name = "default")] private readonly Linear b = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => b.forward(a.forward(x));
        }
        """,
        """
        [Lora(Name = "style")]
        [Lora(Name = "STYLE")]
        public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        """,

        // No type is generated for either.
        """
        public static class Outer
        {
            [Lora]
            [Lora]
            private sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 8)]
            [Lora(Rank = 16)]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(Rank = 8)]
            [Lora(Rank = 16, Name = "default2")]
            {{Models.Empty}}
            """),
        (
            $$"""
            [assembly: Lora(typeof(Model))]

            [Lora]
            [Lora(Name = "default2")]
            {{Models.Empty}}
            """,
            $$"""
            [assembly: Lora(typeof(Model), Name = "default3")]

            [Lora]
            [Lora(Name = "default2")]
            {{Models.Empty}}
            """),
    ];
}
