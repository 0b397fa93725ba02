using System.Globalization;
using LoraGen.Analyzers.Tests.Files;

namespace LoraGen.Analyzers.Tests;

/// <summary>What every rule has to bring along.</summary>
public sealed class HouseTests
{
    public static TheoryData<string> Ids { get; } = new(AllRules.All.Select(rule => rule.Id));

    public static TheoryData<string> IdsWithSample { get; } = new(AllRules.All.Where(rule => rule.HasSample()).Select(rule => rule.Id));

    [Fact]
    public void Ids_are_unique() => Assert.Equal(AllRules.All.Count, AllRules.All.Select(rule => rule.Id).Distinct().Count());

    [Fact]
    public void Each_kind_of_rules_is_in_order_of_ids()
    {
        Assert.Equal(AllRules.OfDeclarations.OrderBy(rule => rule.Id, StringComparer.Ordinal), AllRules.OfDeclarations);
        Assert.Equal(AllRules.OfModules.OrderBy(rule => rule.Id, StringComparer.Ordinal), AllRules.OfModules);
        Assert.Equal(AllRules.OfTraining.OrderBy(rule => rule.Id, StringComparer.Ordinal), AllRules.OfTraining);
        Assert.Equal(AllRules.OfCode.OrderBy(rule => rule.Id, StringComparer.Ordinal), AllRules.OfCode);
    }

    [Fact]
    public void Every_rule_class_is_listed()
    {
        var classes = typeof(Rule).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Rule)));
        Assert.Equal(classes.Select(type => type.Name).Order(), AllRules.All.Select(rule => rule.GetType().Name).Order());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_has_a_page(string id) => Assert.NotEmpty(RulePage.Of(id).Text);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Its_page_says_severity_default_and_fix(string id)
    {
        var rule = Rule(id);
        var facts = new[]
        {
            rule.Descriptor.DefaultSeverity.ToString(),
            rule.Descriptor.IsEnabledByDefault ? "" : "off by default",
            rule.Fix == FixKind.None ? "" : "with a fix",
        };
        Assert.Contains($"\n\n{string.Join(", ", facts.Where(fact => fact.Length > 0))}.\n", RulePage.Of(id).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Its_tests_have_its_name(string id)
    {
        Assert.Contains(typeof(RuleTests).Assembly.GetTypes(), type => type.Name == Rule(id).GetType().Name + "Tests");
    }

    [Theory]
    [MemberData(nameof(IdsWithSample))]
    public void It_has_one_class_of_tests(string id) => Assert.Single(TestsOf(id));

    [Theory]
    [MemberData(nameof(IdsWithSample))]
    public void Its_tests_try_its_fix(string id)
    {
        Assert.Equal(Rule(id).Fix != FixKind.None, Assert.Single(TestsOf(id)) is FixableRuleTests);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Its_fix_is_one_class(string id)
    {
        var kind = Rule(id).Fix;
        Assert.Equal(kind == FixKind.None ? 0 : 1, FixTest.Fixes.Count(fix => fix.FixableDiagnosticIds.Contains(id)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Its_texts_are_written_as_the_others(string id)
    {
        var descriptor = Rule(id).Descriptor;
        var message = descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture);
        Assert.Matches("^LORA[1-9][0-9]{3}$", id);
        Assert.False(message.EndsWith('.'), message);
        Assert.False(descriptor.Title.ToString(CultureInfo.InvariantCulture).EndsWith('.'));
        Assert.DoesNotContain("\n", message, StringComparison.Ordinal);
        Assert.Equal("LoraGen", descriptor.Category);
    }

    private static Rule Rule(string id) => AllRules.All.Single(rule => rule.Id == id);

    private static IReadOnlyList<RuleTests> TestsOf(string id)
    {
        return [.. typeof(RuleTests).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(RuleTests)))
            .Select(type => (RuleTests)Activator.CreateInstance(type)!)
            .Where(tests => tests.RuleId == id)];
    }
}
