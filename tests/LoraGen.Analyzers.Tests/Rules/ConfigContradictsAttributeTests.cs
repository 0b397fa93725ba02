using LoraGen.Testing;

namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ConfigContradictsAttributeTests : FixableRuleTests
{
    private const string Class = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);
            private readonly Linear v_proj = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => v_proj.forward(q_proj.forward(x));
        }
        """;

    protected override string Id => "LORA5005";

    protected override string Message =>
        "style/adapter_config.json says r 16 (Rank is 8), lora_alpha 32 (Alpha is 16): weights that were trained with one don't fit the other; "
        + "change the attribute to match the file";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [{|LORA5005:Lora(Name = "style", Rank = 8, Alpha = 16)|}]
        {{Class}}

        // file: adapters/style/adapter_config.json
        { "peft_type": "LORA", "r": 16, "lora_alpha": 32.0, "lora_dropout": 0.0, "use_rslora": false, "target_modules": ["q_proj"] }
        """,
        $$"""
        [assembly: Lora(typeof(Model), Name = "german", Rank = 4, Dropout = {|LORA5005:0.1|})]
        {{Class}}

        // file: German.adapter_config.json
        {
          "auto_mapping": null,
          "r": 4,
          "lora_alpha": 4,
          "lora_dropout": 5e-2,
          "base_model_name_or_path": "a\/b \u00e9\n",
          "rank_pattern": {}, "layers_to_transform": []
        }
        """,
        $$"""
        [Lora(Name = "plain", Rank = 8)]
        [Lora(Name = "style", Targets = {|LORA5005:["q_proj", "v_proj"]|})]
        {{Class}}

        // file: style/adapter_config.json
        {"target_modules": ["v_proj"], "r": 8}
        """,
        $$"""
        [{|LORA5005:Lora(Name = "style", Rank = 8)|}]
        {{Class}}

        // file: style/adapter_config.json
        {"use_rslora": true}
        """,
        $$"""
        [Olora(Name = "style", Rank = {|LORA5005:8|})]
        {{Class}}

        // file: style/adapter_config.json
        {"r": 16, "lora_alpha": 16, "init_lora_weights": "olora"}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // They agree, in another order; an alpha that isn't set is the rank.
        $$"""
        [Lora(Name = "style", Rank = 16, Dropout = 0.05, Targets = ["v_proj", "q_proj"])]
        {{Class}}

        // file: style/adapter_config.json
        {"r": 16, "lora_alpha": 16, "lora_dropout": 0.05, "use_rslora": false, "target_modules": ["q_proj", "v_proj"]}
        """,
        // Saved as LoRA of twice the rank.
        $$"""
        [Pissa(Name = "style", Rank = 8, Alpha = 16)]
        {{Class}}

        // file: style/adapter_config.json
        {"r": 16, "lora_alpha": 32, "init_lora_weights": true}
        """,
        // Not JSON.
        $$"""
        [Lora(Name = "style", Rank = 8)]
        {{Class}}

        // file: style/adapter_config.json
        {"r": 16,}

        // file: other/style.adapter_config.json
        {"r": 016}
        """,
        // Another adapter's, or nobody's.
        $$"""
        [Lora(Name = "style", Rank = 8)]
        {{Class}}

        // file: Net.cs
        {{LoraProject.Net}}
        // file: german/adapter_config.json
        {"r": 16}
        """,
        // A regular expression, and patterns.
        $$"""
        [Lora(Name = "style", Targets = ["*_proj"])]
        {{Class}}

        // file: style/adapter_config.json
        {"target_modules": ".*q_proj", "r": null, "lora_alpha": "16"}

        // file: two/style.adapter_config.json
        {"target_modules": ["q_proj", "v_proj"]}
        """,
        // Another method, and another file.
        $$"""
        [Lora(Name = "style", Rank = 8)]
        {{Class}}

        // file: style/adapter_config.json
        {"peft_type": "LOHA", "r": 16}

        // file: style/my_adapter_config.json
        {"r": 16}
        """,
        // On a member.
        """
        [Lora(Name = "style", Rank = 16)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = 4)] private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        // file: style/adapter_config.json
        {"r": 16}
        """,
    ];

    [Theory]
    [InlineData("anywhere/adapter_config.json", "")]
    [InlineData("adapter_config.json", "")]
    [InlineData(
        "default/adapter_config.json",
        "[Lora(Name = \"other\")] public sealed class Model() : Module<Tensor, Tensor>(\"M\") { public override Tensor forward(Tensor x) => x; }")]
    public async Task One_file_speaks_for_the_one_adapter(string path, string code)
    {
        var found = await Found([LoraProject.NetFile, new("Code.cs", code), new(path, """{"r": 4, "lora_alpha": 16}""")]);

        Assert.Equal("/Net.cs", Assert.Single(found).Location.SourceTree!.FilePath);
    }

    protected override IReadOnlyList<SourceFile> Beside => [new("style/adapter_config.json", """{"r": 16, "lora_alpha": 16}""")];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        ($"[Lora(Name = \"style\", Rank = 8)]\n{Class}", $"[Lora(Name = \"style\", Rank = 16)]\n{Class}"),
        ($"[Lora(Name = \"style\", Rank = 16, Alpha = 32)]\n{Class}", $"[Lora(Name = \"style\", Rank = 16, Alpha = 16)]\n{Class}"),
    ];
}
