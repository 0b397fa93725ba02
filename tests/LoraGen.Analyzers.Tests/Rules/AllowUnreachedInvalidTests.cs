namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AllowUnreachedInvalidTests : RuleTests
{
    protected override string Id => "LORA1017";

    protected override string Message => "AllowUnreached is 3; it takes true, false, a pattern, or an array of patterns";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(AllowUnreached = {|LORA1017:3|})]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(AllowUnreached = {|LORA1017:typeof(Linear)|})]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Dora(AllowUnreached = {|LORA1017:null!|})]
        {{Models.TwoLinears}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), AllowUnreached = {|LORA1017:new object[] { "fc1", 1 }|})]

        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(AllowUnreached = {|LORA1017:new[] { true }|})]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(AllowUnreached = {|LORA1017:new object[] { new[] { "fc1" } }|})]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(AllowUnreached = {|LORA1017:new string?[] { null }|})]
        {{Models.TwoLinears}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Lora(AllowUnreached = true)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(AllowUnreached = false)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(AllowUnreached = Names.Skipped)]
        {{Models.TwoLinears}}

        public static class Names
        {
            public const string Skipped = "fc1";
        }
        """,
        $$"""
        [Lora(AllowUnreached = new[] { "fc1", "fc2" })]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(AllowUnreached = new object[] { "fc1", "fc2" })]
        {{Models.TwoLinears}}
        """,
    ];

    [Theory]
    [InlineData("typeof(Linear)", "typeof(TorchSharp.Modules.Linear)")]
    [InlineData("new object[] { 2.5 }", "an array with 2.5 in it")]
    [InlineData("(string[])null!", "null")]
    public async Task Says_what_the_value_is(string value, string shown)
    {
        Assert.StartsWith($"AllowUnreached is {shown};", await MessageOf($"[Lora(AllowUnreached = {value})]\n{Models.TwoLinears}"), StringComparison.Ordinal);
    }
}
