using System.Reflection;
using LoraGen.Runtime.Tests.Models.Published;

namespace LoraGen.Runtime.Tests.Estimating;

/// <summary>Which methods are generated, and which arguments they refuse.</summary>
public sealed class SignatureTests
{
    [Fact]
    public void The_constructor_s_parameters_then_the_shape()
    {
        Assert.Equal(["config, batch, tokens, options", "build, batch, tokens, options"], Signatures(typeof(MixtralLora)));
        Assert.Equal(["height, batch, tokens, options", "build, batch, tokens, options"], Signatures(typeof(TowerLora)));
        Assert.Equal(["batch, tokens, options", "build, batch, tokens, options"], Signatures(typeof(ToySavedLora)));
    }

    [Fact]
    public void A_constructor_has_none_whose_parameters_are_optional_or_named_alike()
    {
        Assert.Equal(["wide, batch, tokens, options", "build, batch, tokens, options"], Signatures(typeof(ManyConstructorsLora)));
        Assert.Equal(
            ManyConstructorsLora.EstimateMemory(true, 1, 1).ToString(),
            ManyConstructorsLora.EstimateMemory(() => new ManyConstructors(4), 1, 1).ToString());
    }

    [Theory]
    [InlineData(0, 1, 0, 2, "batch")]
    [InlineData(1, 0, 0, 2, "tokens")]
    [InlineData(1, 1, -1, 2, "AttentionHeads")]
    [InlineData(1, 1, 0, -1, "TrainedBlocks")]
    public void Numbers_below_their_least_are_refused(long batch, long tokens, long heads, int blocks, string name)
    {
        var options = new MemoryOptions { AttentionHeads = heads, TrainedBlocks = blocks };
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => TowerLora.EstimateMemory(3, batch, tokens, options)).ParamName);
    }

    private static string[] Signatures(Type adapter)
    {
        return
        [
            .. adapter.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(method => method.Name == "EstimateMemory")
                .Select(method => string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))),
        ];
    }
}
