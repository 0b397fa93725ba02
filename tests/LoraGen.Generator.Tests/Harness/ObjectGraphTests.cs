using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Tests.Harness;

public sealed class ObjectGraphTests
{
    public static TheoryData<string> Banned => new(Holders.Keys);

    private static Dictionary<string, Func<GeneratorAttributeSyntaxContext, object?>> Holders { get; } = new()
    {
        [nameof(Compilation)] = static context => context.SemanticModel.Compilation,
        [nameof(ISymbol)] = static context => context.TargetSymbol,
        [nameof(SemanticModel)] = static context => context.SemanticModel,
        [nameof(IOperation)] = static context => context.SemanticModel.GetOperation(Initializer(context)),
        [nameof(AttributeData)] = static context => context.Attributes[0],
        [nameof(Location)] = static context => context.TargetNode.GetLocation(),
        [nameof(SyntaxReference)] = static context => context.TargetNode.GetReference(),
        [nameof(SyntaxNode)] = static context => context.TargetNode,
        [nameof(SyntaxTree)] = static context => context.TargetNode.SyntaxTree,
    };

    [Theory]
    [MemberData(nameof(Banned))]
    public void Banned_object_is_found_in_a_step(string name)
    {
        var message = Tiny.Fails(Tiny.Holding(Holders[name]).Without(Checks.Caching));

        Assert.Contains($"holds {name} (", message);
        Assert.Contains(".Held", message);
    }

    [Theory]
    [MemberData(nameof(Banned))]
    public void Banned_object_is_found_however_deep_it_lies(string name)
    {
        var run = Tiny.Holding(context =>
        {
            var held = Holders[name](context);
            return new Dictionary<string, object> { ["closure"] = (Func<object?>)(() => (1, new List<object?[]> { new[] { held } })) };
        });

        Assert.Contains($"holds {name} (", Tiny.Fails(run.Without(Checks.Caching)));
    }

    [Fact]
    public void Syntax_is_allowed_where_the_rules_say_so_and_nowhere_else()
    {
        var message = Tiny.Fails(Tiny.Holding(static context => context.TargetNode).Without(Checks.Caching));

        Assert.StartsWith("Step 'Models' holds SyntaxNode", message);
    }

    [Fact]
    public void Plain_values_and_cycles_pass()
    {
        var run = Tiny.Holding(static _ =>
        {
            var cycle = new List<object> { "text", 1.5, typeof(string), DayOfWeek.Monday, 2m };
            cycle.Add(cycle);
            return cycle;
        });

        Assert.NotNull(run.Without(Checks.Caching).Run());
    }

    private static SyntaxNode Initializer(GeneratorAttributeSyntaxContext context) =>
        context.TargetNode.DescendantNodes().OfType<EqualsValueClauseSyntax>().First().Value;
}
