namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AdapterNameInvalidTests : FixableRuleTests
{
    protected override string Id => "LORA1008";

    protected override string Message => "Name = \"v1.5\" has '.' in it; it becomes part of type names, folders and keys, so use letters, digits, - and _";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Name = {|LORA1008:"v1.5"|}, Rank = 4)]
        {{Models.Empty}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), Name = {|LORA1008:""|})]
        [assembly: Lora(typeof(Other), Name = {|LORA1008:" \t"|})]

        {{Models.Empty}}

        public sealed class Other() : Module<Tensor, Tensor>("Other")
        {
            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        static class Names
        {
            public const string Folder = "adapters/";
        }

        [Lora(Name = {|LORA1008:Names.Folder + "style"|}), Lora(Name = {|LORA1008:"lora"|}), Lora(Name = {|LORA1008:@"a\b"|}), Lora(Name = {|LORA1008:"--"|})]
        public sealed partial class Model() : Module<Tensor, Tensor>("Model")
        {
            public override Tensor forward(Tensor x) => x;
        }

        [Lora(Name = {|LORA1008:"wide "|}), Lora(Name = {|LORA1008:"Base_Model"|}), Lora(Name = {|LORA1008:"con"|}), Lora(Name = {|LORA1008:"LPT1"|})]
        public sealed partial class Model
        {
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        "[Lora(Name = \"console\")] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Name = \"my style-2_b\")] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Name = \"Größe\")] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Name = \"8\")] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Name = \"lora-a\")] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Name = \"default\")] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Name = null!)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Name = "v1.5/wide", Rank = 4)]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(Name = "v1-5-wide", Rank = 4)]
            {{Models.Empty}}
            """),
        (
            $$"""
            [assembly: Lora(typeof(Model), Name = "lora")]

            {{Models.Empty}}
            """,
            $$"""
            [assembly: Lora(typeof(Model), Name = "adapter-lora")]

            {{Models.Empty}}
            """),
        (
            $$"""
            [Lora(Name = "adapter")]
            [Lora(Name = "  ")]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(Name = "adapter")]
            [Lora(Name = "adapter2")]
            {{Models.Empty}}
            """),
    ];
}
