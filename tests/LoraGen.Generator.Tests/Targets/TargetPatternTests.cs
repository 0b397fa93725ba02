using LoraGen.Targets;

namespace LoraGen.Generator.Tests.Targets;

public sealed class TargetPatternTests
{
    [Theory]
    [InlineData("q_proj", "q_proj", true)]
    [InlineData("q_proj", "layers.0.attn.q_proj", true)]
    [InlineData("attn.q_proj", "layers.0.attn.q_proj", true)]
    [InlineData("proj", "layers.0.attn.q_proj", false)]
    [InlineData("q_proj", "q_proj.inner", false)]
    [InlineData("Q_proj", "q_proj", false)]
    [InlineData("*", "anything.at.all", true)]
    [InlineData("*_proj", "layers.0.attn.q_proj", true)]
    [InlineData("layers.*.q_proj", "model.layers.10.attn.q_proj", true)]
    [InlineData("layers.*.q_proj", "layers.q_proj", false)]
    [InlineData("layers.*", "layers.0.attn.q_proj", true)]
    [InlineData("layers.*", "layers", false)]
    [InlineData("l*s.*.?_proj", "layers.0.q_proj", false)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*a*b*", "xxbxxaxx", false)]
    [InlineData("", "fc", false)]
    [InlineData("", "", true)]
    [InlineData("fc", "", false)]
    [InlineData("#", "layers.0", false)]
    [InlineData(".fc", "a.fc", false)]
    public void Matches(string pattern, string path, bool expected)
    {
        Assert.Equal(expected, TargetPattern.Matches(pattern, path));
        Assert.Equal(expected, TargetPattern.MayMatch(pattern, path));
    }

    [Theory]
    [InlineData("layers.0.fc", false, true)]
    [InlineData("layers.10.fc", false, true)]
    [InlineData("layers.x.fc", false, false)]
    [InlineData("layers.1x.fc", false, false)]
    [InlineData("layers.*.fc", true, true)]
    [InlineData("layers.1*.fc", false, true)]
    [InlineData("layers.*1.fc", false, true)]
    [InlineData("layers.**.fc", true, true)]
    [InlineData("7.fc", false, true)]
    [InlineData("fc", true, true)]
    [InlineData("layers.0.1.fc", false, false)]
    public void Index_that_is_not_known_yet(string pattern, bool always, bool forSome)
    {
        var path = $"layers.{TargetPattern.AnyIndex}.fc";

        Assert.Equal(always, TargetPattern.Matches(pattern, path));
        Assert.Equal(forSome, TargetPattern.MayMatch(pattern, path));
    }
}
