using LoraGen.Generator.Counting;

namespace LoraGen.Generator.Tests.Counting;

/// <summary>What counting knows of the factories of <c>torch.nn</c>, against TorchSharp's signatures.</summary>
public sealed class TorchFactoriesTests
{
    /// <summary>Containers are read by themselves; what is given a tensor has sizes that stand in no argument.</summary>
    private static readonly string[] NotLayers =
    [
        "Sequential", "ModuleList", "ModuleDict", "Parameter", "ParameterDict", "ParameterList", "Embedding_from_pretrained", "EmbeddingBag_from_pretrained",
    ];

    public static TheoryData<string> Names => [.. Layers.Select(factory => factory.Name).Distinct()];

    public static TheoryData<string> Sized => [.. Layers.Select(factory => factory.Name).Distinct().Where(name => TorchFactories.Sizes(name) is not null)];

    private static IEnumerable<(string Name, string[] Parameters)> Layers =>
        TorchSharpFactories.All.Where(factory => !NotLayers.Contains(factory.Name) && factory is not { Name: "Linear", Parameters: ["weight", "bias"] });

    [Fact]
    public void The_list_has_what_is_here()
    {
        Assert.Subset(TorchSharpFactories.All.Select(Line).ToHashSet(), TorchSharpFactories.Here.Select(Line).ToHashSet());
        Assert.NotEmpty(TorchSharpFactories.Here);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_known(string name) => Assert.True(TorchFactories.IsParameterless(name) ^ TorchFactories.Sizes(name) is not null);

    /// <summary>Each argument, by its name or by where it stands, is taken for what it is in every overload.</summary>
    [Theory]
    [MemberData(nameof(Sized))]
    public void Parameters_are_taken_for_what_they_are(string name)
    {
        var sizes = TorchFactories.Sizes(name)!;
        foreach (var (_, parameters) in Layers.Where(factory => factory.Name == name))
        {
            Assert.All(parameters.Select((parameter, position) => (parameter, position)), at =>
            {
                var size = at.position < sizes.Count ? sizes[at.position] : null;
                Assert.Equal(size is null, TorchFactories.IsWithoutSize(at.parameter));
                Assert.Equal(size ?? at.parameter, at.parameter);
            });
            Assert.Empty(sizes.OfType<string>().Except(parameters));
        }
    }

    /// <summary>What is generated names them.</summary>
    [Theory]
    [MemberData(nameof(Sized))]
    public void The_shape_has_the_parameters_that_sizes_hang_on(string name)
    {
        var sizes = TorchFactories.Sizes(name)!;
        var overloads = typeof(LoraAttribute).Assembly.GetType("LoraGen.Shapes")!.GetMethods().Where(method => method.Name == name).ToArray();
        Assert.NotEmpty(overloads);
        Assert.All(overloads, method => Assert.Equal(sizes.OfType<string>(), method.GetParameters().Select(parameter => parameter.Name)));
    }

    private static string Line((string Name, string[] Parameters) factory) => $"{factory.Name}({string.Join(", ", factory.Parameters)})";
}
