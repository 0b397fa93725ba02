using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Harness;

public sealed class TestReferencesTests
{
    [Fact]
    public void References_are_made_once()
    {
        var first = TestReferences.With([typeof(SourceFile), typeof(HarnessException)]);

        Assert.Equal(TestReferences.Framework.Length + 1, first.Length);
        Assert.Same(first[^1], TestReferences.With([typeof(SourceFile)])[^1]);
    }

    [Fact]
    public void Assembly_without_file_is_refused()
    {
        using var code = Tiny.Run.Run().Load();

        Assert.Contains("was loaded from memory", Tiny.Fails(() => TestReferences.With([code.Type("Model")])));
    }
}
