using System.Globalization;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Tests.Methods;

/// <summary>The rules about the options of LoRA hold for DoRA too, and are silent for methods that don't have them.</summary>
public sealed class LowRankOptionTests
{
    public static TheoryData<string, string, string> Faults { get; } = new()
    {
        { "LORA1001", "Rank = 0", "Linear(64, 64)" },
        { "LORA1002", "Alpha = -1", "Linear(64, 64)" },
        { "LORA1003", "Alpha = 800", "Linear(64, 64)" },
        { "LORA1004", "Rank = 16, Alpha = 32, RankStabilized = true", "Linear(64, 64)" },
        { "LORA1005", "Dropout = 5", "Linear(64, 64)" },
        { "LORA1006", "InitA = LoraInit.Zeros", "Linear(64, 64)" },
        { "LORA1007", "InitB = LoraInit.Gaussian", "Linear(64, 64)" },
        { "LORA1013", "Dropout = 0.1, Reparametrize = true", "Linear(64, 64)" },
        { "LORA1016", "MaxTrainableParameters = 10", "Linear(64, 64)" },
        { "LORA2007", "Rank = 8", "Linear(4, 4)" },
        { "LORA2008", "Rank = 8", "Linear(16, 16)" },
    };

    // What fires by the options' defaults, or by options that every method has.
    public static TheoryData<string, string> Defaults { get; } = new()
    {
        { "LORA2007", "Linear(4, 4)" },
        { "LORA2008", "Linear(16, 16)" },
        { "LORA2009", "Conv2d(12, 24, 3, groups: 3)" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task They_hold_for_DoRA(string id, string options, string layer)
    {
        var lora = await Messages(id, Model($"Lora({options})", layer));
        Assert.NotEmpty(lora);

        // DoRA has a magnitude more for each output.
        var dora = await Messages(id, Model($"Dora({options})", layer));
        Assert.Equal(
            lora.Select(message => message.Replace("[Lora]", "[Dora]", StringComparison.Ordinal)),
            dora.Select(message => message.Replace("1088 trainable", "1024 trainable", StringComparison.Ordinal)
                .Replace("has 272 parameters", "has 256 parameters", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public async Task They_are_silent_for_other_methods(string id, string layer)
    {
        Assert.NotEmpty(await Messages(id, Model("Lora(Targets = [\"layer\"])", layer)));
        await Assert.AllAsync(Others, async attribute => Assert.Empty(await Messages(id, Model($"{attribute}(Targets = [\"layer\"])", layer))));
    }

    // The compiler says that there is no such option; no rule reports its value too.
    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Options_that_a_method_lacks_are_the_compilers_to_report(string id, string options, string layer)
    {
        if (id == "LORA1016")
            return;

        await Assert.AllAsync(Others, async attribute =>
        {
            var found = await RuleTest.FindWithErrors(Rule(id), SourceFiles.Split(Model($"{attribute}({options})", layer)));
            Assert.Contains(found, error => error.Id == "CS0246");
            Assert.DoesNotContain(found, diagnostic => diagnostic.Id == id);
        });
    }

    [Fact]
    public async Task A_rank_is_not_told_to_fit_groups_that_DoRA_can_not_adapt()
    {
        const string Grouped = "Conv2d(12, 24, 3, groups: 3)";
        Assert.Empty(await Messages("LORA2009", Model("Dora(Targets = [\"layer\"])", Grouped)));
        Assert.NotEmpty(await Messages("LORA2019", Model("Dora(Targets = [\"layer\"])", Grouped)));
    }

    [Theory]
    [InlineData("Ia3", 64)]
    [InlineData("Dora(Rank = 2)", 320)]
    public async Task A_budget_counts_what_the_method_trains(string attribute, int count)
    {
        Assert.Empty(await Messages("LORA1016", Model(With(attribute, $"MaxTrainableParameters = {count}"), "Linear(64, 64)")));
        var message = Assert.Single(await Messages("LORA1016", Model(With(attribute, $"MaxTrainableParameters = {count - 1}"), "Linear(64, 64)")));
        Assert.StartsWith($"The adapter has {count} trainable parameters, but MaxTrainableParameters is {count - 1}; ", message, StringComparison.Ordinal);
        Assert.Equal(attribute != "Ia3", message.Contains("lower the rank", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Lora(Rank = 8)", "r 4 (Rank is 8)")]
    [InlineData("Dora(Rank = 8)", "r 4 (Rank is 8)")]
    [InlineData("Dora(Rank = 4)", "use_dora false (the attribute is [Dora])")]
    [InlineData("Lora(Rank = 4)", null)]
    [InlineData("Ia3", null)]
    [InlineData("Adapter<ScaleMethod>", null)]
    public async Task A_config_of_LoRA_is_compared_with_low_rank_methods(string attribute, string? difference)
    {
        const string Config = "\n// file: own/adapter_config.json\n{ \"peft_type\": \"LORA\", \"r\": 4, \"use_dora\": false }";
        var messages = await Messages("LORA5005", Model(With(attribute, "Name = \"own\""), "Linear(64, 64)") + Config);
        if (difference is null)
            Assert.Empty(messages);
        else
            Assert.Contains(difference, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lora", "set Reparametrize = true")]
    [InlineData("Dora", "set Reparametrize = true")]
    [InlineData("Ia3", "exclude it, or compile that project with LoraGen")]
    [InlineData("Adapter<GateMethod>", "exclude it, or compile that project with LoraGen")]
    public async Task Only_methods_that_have_it_are_told_to_reparametrize_what_is_compiled_elsewhere(string attribute, string advice)
    {
        var found = await Found("LORA3007", $"[assembly: {attribute}(typeof(Vendor.Encoder))]\n{OwnMethods.Source}");
        Assert.EndsWith(advice, Assert.Single(found).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(advice.StartsWith("set", StringComparison.Ordinal), !found[0].Properties.IsEmpty);
    }

    [Theory]
    [InlineData("Lora", "call layer, or set Reparametrize = true on the attribute")]
    [InlineData("Dora", "call layer, or set Reparametrize = true on the attribute")]
    [InlineData("Dora(Reparametrize = true)", null)]
    [InlineData("Dora(Reparametrize = false)", "call layer, or set Reparametrize = true on the attribute")]
    [InlineData("Ia3", "call layer, or leave it out of the targets")]
    [InlineData("Adapter<ScaleMethod>", "call layer, or leave it out of the targets")]
    [InlineData("Lora, Ia3", "call layer, or leave it out of the targets")]
    public async Task Only_methods_that_have_it_are_told_to_reparametrize_a_weight_that_is_used(string attributes, string? advice)
    {
        var code = Model(attributes, "Linear(64, 64)").Replace("layer.call(x)", "functional.linear(x, layer.weight, layer.bias)", StringComparison.Ordinal);
        var messages = await Messages("LORA2012", code);
        if (advice is null)
            Assert.Empty(messages);
        else
            Assert.Equal($"layer.weight is used without calling layer, so its adapter does not affect the result; {advice}", Assert.Single(messages));
    }

    // What has no Merge can't change the other user of a weight.
    [Theory]
    [InlineData("Lora", 1)]
    [InlineData("Ia3", 1)]
    [InlineData("Adapter<ScaleMethod>", 1)]
    [InlineData("Adapter<GateMethod>", 0)]
    public async Task A_shared_weight_matters_to_what_can_be_merged(string attribute, int count)
    {
        var found = await Messages("LORA2015", $$"""
            [{{attribute}}(Targets = ["head"])]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Embedding emb = Embedding(64, 64);
                private readonly Linear head = Linear(64, 64, hasBias: false);

                public Model()
                    : base("Model")
                {
                    head.weight = emb.weight;
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => head.forward(emb.forward(x));
            }
            {{OwnMethods.Source}}
            """);
        Assert.Equal(count, found.Count);
    }

    private static string[] Others { get; } = ["Ia3", "Adapter<ScaleMethod>", "Adapter<GateMethod>"];

    private static string With(string attribute, string option) => attribute.EndsWith(')') ? $"{attribute[..^1]}, {option})" : $"{attribute}({option})";

    private static string Model(string attribute, string layer) => $$"""
        [{{attribute}}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly {{layer[..layer.IndexOf('(', StringComparison.Ordinal)]}} layer = {{layer}};

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => layer.call(x);
        }
        {{OwnMethods.Source}}
        """;

    private static async Task<IReadOnlyList<string>> Messages(string id, string code) =>
        [.. (await Found(id, code)).Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture))];

    private static Task<IReadOnlyList<Diagnostic>> Found(string id, string code) => RuleTest.Find([Rule(id)], SourceFiles.Split(code));

    private static Rule Rule(string id) => AllRules.All.Single(rule => rule.Id == id);
}
