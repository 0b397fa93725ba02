using System.Globalization;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Tests;

/// <summary>What holds for every rule; a derived class says for which, and gives the code.</summary>
public abstract partial class RuleTests
{
    /// <summary><c>LORA1001</c>.</summary>
    protected abstract string Id { get; }

    /// <summary>The message at the first mark of the first of <see cref="Fires"/>.</summary>
    protected abstract string Message { get; }

    /// <summary>Code in which the rule fires where <c>{|LORA1001:…|}</c> marks it, and nowhere else. Usings are there, and Net for code that names it.</summary>
    protected abstract IReadOnlyList<string> Fires { get; }

    /// <summary>Near misses, in which it doesn't fire.</summary>
    protected abstract IReadOnlyList<string> Silent { get; }

    [Fact]
    public async Task Fires_where_it_should()
    {
        Assert.True(Fires.Count >= 3, "Give at least three styles in which the rule fires.");
        Assert.All(Fires, code => Assert.Contains($"{{|{Id}:", code, StringComparison.Ordinal));
        await Assert.AllAsync(Fires.Skip(1), code => RuleTest.Check(Rule, code));
    }

    [Fact]
    public async Task Is_silent_at_near_misses()
    {
        Assert.True(Silent.Count >= 4, "Give at least four near misses.");
        await Assert.AllAsync(Silent, code => RuleTest.Check(Rule, code));
    }

    [Fact]
    public Task Says_what_is_wrong_with_the_users_names_unless_a_pragma_disables_it() => RuleTest.Check(Rule, Fires[0], Message);

    internal string RuleId => Id;

    private protected Rule Rule => AllRules.All.Single(rule => rule.Id == Id);

    /// <summary>The files of a code without its marks.</summary>
    private protected static IReadOnlyList<SourceFile> Clean(string code) => MarkedCode.Clean(code);

    /// <summary>What the rule finds, in code that must otherwise compile.</summary>
    private protected Task<IReadOnlyList<Diagnostic>> Found(IReadOnlyList<SourceFile> files, string? editorConfig = null) =>
        RuleTest.Find([Rule], files, editorConfig);

    /// <summary>What the rule says first.</summary>
    private protected async Task<string> MessageOf(string code) => (await Found(Clean(code)))[0].GetMessage(CultureInfo.InvariantCulture);
}
