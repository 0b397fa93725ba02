using LoraGen.Testing;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Tests.Harness;

public sealed class LeakCheckTests
{
    private static readonly List<ISymbol> Kept = [];

    [Fact]
    public void Sound_generator_lets_go() => LeakCheck.AssertOldProjectIsCollected(Tiny.Intercepting);

    [Fact]
    public void Kept_symbol_is_found()
    {
        var run = Tiny.Holding(static context =>
        {
            Kept.Add(context.TargetSymbol);
            return null;
        });

        Assert.Contains("is still alive", Tiny.Fails(() => LeakCheck.AssertOldProjectIsCollected(run)));
        Kept.Clear();
    }
}
