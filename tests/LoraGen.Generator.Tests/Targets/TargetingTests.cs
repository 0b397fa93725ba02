extern alias Generator;

using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;

namespace LoraGen.Generator.Tests.Targets;

// The runtime has it too.
using LayerKind = Generator::LoraGen.LayerKind;

public sealed class TargetingTests
{
    [Theory]
    [InlineData("", "", "fc", "Yes")]
    [InlineData("fc", "", "a.fc", "Yes")]
    [InlineData("fc", "", "a.fd", "No")]
    [InlineData("fc", "fc", "a.fc", "No")]
    [InlineData("", "a.*", "a.fc", "No")]
    [InlineData("layers.0.fc", "", "layers.#.fc", "Maybe")]
    [InlineData("fc", "layers.0.*", "layers.#.fc", "Maybe")]
    [InlineData("fd", "layers.0.*", "layers.#.fc", "No")]
    [InlineData("layers.0.fc layers.*", "", "layers.#.fc", "Yes")]
    [InlineData("layers.0.fc", "layers.*", "layers.#.fc", "No")]
    public void Decides(string targets, string exclude, string path, string expected)
    {
        var attribute = new AttributeFacts(null, default, default, Words(targets), Words(exclude));

        Assert.Equal(expected, Targeting.Decide(attribute, path, LayerKind.Linear, byDefault: true).ToString());
    }

    [Theory]
    [InlineData("", "", LayerKind.Linear, "Yes", "Yes")]
    [InlineData("", "", LayerKind.Unknown, "Yes", "Yes")]
    [InlineData("", "", LayerKind.Embedding, "No", "No")]
    [InlineData("", "", LayerKind.Convolution, "No", "No")]
    [InlineData("", "other", LayerKind.Linear, "Yes", "Maybe")]
    [InlineData("", "other", LayerKind.Convolution, "No", "No")]
    [InlineData("layer", "", LayerKind.Embedding, "Yes", "Maybe")]
    [InlineData("layer", "", LayerKind.Convolution, "Yes", "Maybe")]
    [InlineData("other", "", LayerKind.Convolution, "No", "Maybe")]
    public void No_targets_mean_every_Linear(string targets, string exclude, LayerKind kind, string expected, string atAnyPath)
    {
        var attribute = new AttributeFacts(null, default, default, Words(targets), Words(exclude));

        Assert.Equal(expected, Targeting.Decide(attribute, "a.layer", kind, byDefault: true).ToString());
        Assert.Equal(targets.Length == 0 ? "No" : expected, Targeting.Decide(attribute, "a.layer", kind, byDefault: false).ToString());
        Assert.Equal(atAnyPath, Targeting.AtAnyPath(attribute, kind, isAsked: false).ToString());
    }

    [Theory]
    [InlineData("", "layers.#.fc", "Maybe", "Maybe")]
    [InlineData("fd", "layers.#.fc", "No", "Maybe")]
    [InlineData("", "head", "No", "Yes")]
    [InlineData("head", "head", "No", "Yes")]
    public void Decides_at_indices(string targets, string path, string expected, string asked)
    {
        var attribute = new AttributeFacts(null, default, default, Words(targets), default, Layers: "0..2");

        Assert.Equal(expected, Targeting.Decide(attribute, path, LayerKind.Linear, byDefault: true).ToString());
        Assert.Equal(asked, Targeting.DecideAnnotated(attribute, path).ToString());
    }

    private static EquatableArray<string> Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToEquatableArray();
}
