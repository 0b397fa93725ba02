using System.Globalization;

namespace LoraGen.Generator.Tests.Harness;

public sealed class DeterminismCheckTests
{
    [Fact]
    public void Culture_in_the_text_is_found()
    {
        var before = CultureInfo.CurrentCulture;
        var run = Tiny.Emitting(static model => TinyText.Companion(model) + $"// {0.5}\n");

        Assert.Contains("+// 0,5", Tiny.Fails(run));
        Assert.Same(before, CultureInfo.CurrentCulture);
    }

    [Fact]
    public void Shared_state_in_the_text_is_found()
    {
        var count = 0;
        var run = Tiny.Emitting(model => TinyText.Companion(model) + $"// {count++}\n");

        Assert.Contains("'Model.g.cs' differs", Tiny.Fails(run));
    }
}
