using System.Globalization;
using LoraGen.Testing;

namespace LoraGen.Analyzers.Tests.Methods;

/// <summary>The rules about training code hold for the generated adapters of every method, and for those that can't be merged as far as they apply.</summary>
public sealed class TrainingCodeTests
{
    private const string Models = """

        // file: Model.cs
        [Dora(Dropout = 0.1)]
        [Ia3]
        [Oft(Dropout = 0.2)]
        [Adapter<ScaleMethod>]
        [Adapter<GateMethod>]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """;

    public static TheoryData<string> Methods { get; } = ["Dora", "Ia3", "Oft", "Scale", "Gate"];

    public static TheoryData<string> MergeableMethods { get; } = ["Dora", "Ia3", "Oft", "Scale"];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task An_optimizer_over_the_model(string method) => Assert.Equal(
        "LORA4001: The parameters of model are frozen since adapter was attached, so this optimizer trains nothing; pass adapter.Parameters()",
        await Only(method, "model.AttachX(); var optimizer = optim.AdamW(model.parameters(), lr: 1e-3); optimizer.step();"));

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task An_optimizer_over_an_adapter_that_is_gone(string method) => Assert.StartsWith(
        "LORA4004: ",
        await Only(method, "model.AttachX(); adapter.Dispose(); var optimizer = optim.AdamW(adapter.Parameters(), lr: 1e-3);"),
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_name_that_is_taken(string method) => Assert.Equal(
        $"LORA4013: model already has an adapter named \"default\", so this Attach{method}() throws; detach that one before, or give this one another name",
        await Only(method, "model.AttachX(); using var second = model.AttachX();"));

    // Each method's adapter is called default, whatever the method.
    [Fact]
    public async Task A_name_that_another_method_has_taken() => Assert.Equal(
        "LORA4013: model already has an adapter named \"default\", so this AttachIa3() throws; detach that one before, or give this one another name",
        await Only("Gate", "model.AttachX(); using var second = model.AttachIa3();"));

    [Theory]
    [MemberData(nameof(MergeableMethods))]
    public async Task A_second_merge(string method) => Assert.Equal(
        "LORA5001: adapter is already merged, so this Merge() throws; remove it, or call adapter.Unmerge() between the two",
        await Only(method, "model.AttachX(); adapter.Merge(); adapter.Merge();"));

    [Theory]
    [MemberData(nameof(MergeableMethods))]
    public async Task An_unmerge_of_what_is_not_merged(string method) => Assert.Equal(
        "LORA5002: adapter is not merged here, so this Unmerge() throws; remove it, or call adapter.Merge() before",
        await Only(method, "model.AttachX(); adapter.Unmerge();"));

    [Theory]
    [MemberData(nameof(MergeableMethods))]
    public async Task A_gradient_while_merged(string method) => Assert.StartsWith(
        "LORA4007: ", await Only(method, "model.AttachX(); adapter.Merge(); model.call(zeros(1, 64)).sum().backward();"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Code_as_it_should_be(string method) => Assert.Empty(await Told(
        method,
        """
        model.AttachX();
        var optimizer = optim.AdamW(adapter.Parameters(), lr: 1e-3);
        model.call(zeros(1, 64)).sum().backward();
        optimizer.step();
        """));

    // Dropout is that of the adapter which is attached, whatever other attributes the class has.
    [Theory]
    [InlineData("Dora", 1)]
    [InlineData("Oft", 1)]
    [InlineData("Ia3", 0)]
    [InlineData("Gate", 0)]
    public async Task An_eval_that_is_missing(string method, int count)
    {
        var told = await Told(method, "model.AttachX(); model.train(); using (no_grad()) { Console.WriteLine(model.call(zeros(1, 64))); }");
        Assert.Equal(count, told.Count(message => message.StartsWith("LORA4008: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_product_that_is_added_to_the_weight_by_hand()
    {
        var told = await Only("Dora", "model.AttachX(); ((Linear)adapter.Fc.Module).weight!.add_(adapter.Fc.B.matmul(adapter.Fc.A));");
        Assert.StartsWith("LORA5004: ", told, StringComparison.Ordinal);
    }

    private static async Task<string> Only(string method, string body) => Assert.Single(await Told(method, body));

    private static async Task<IReadOnlyList<string>> Told(string method, string body)
    {
        var code = $$"""
            static class Program
            {
                static void Run(Model model)
                {
                    using var adapter = {{body.Replace("AttachX", $"Attach{method}", StringComparison.Ordinal)}}
                }
            }
            {{Models}}
            {{OwnMethods.Source}}
            """;
        var found = await RuleTest.FindByDefault(SourceFiles.Split(code));
        return [.. found.Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}")];
    }
}
