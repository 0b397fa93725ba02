using LoraGen.Testing;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Tests.Harness;

public sealed class LeakCheckTests
{
    private static readonly List<ISymbol> Kept = [];

    [Fact]
    public void Correct_generator_releases_the_compilation() => LeakCheck.AssertOldProjectIsCollected(Tiny.Intercepting);

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
