using FineTuning.MiniLm;
using FineTuning.Training;
using Models.Bert;
using static TorchSharp.torch;

namespace Samples.Models.Tests.FineTune;

/// <summary>The methods that the command line offers, on a small model.</summary>
public sealed class MethodTests
{
    private static readonly BertConfig Config = new()
    {
        VocabSize = 29, HiddenSize = 16, IntermediateSize = 40, NumHiddenLayers = 3, NumAttentionHeads = 4, MaxPositionEmbeddings = 16,
    };

    // Of a layer: 4 attention matrices with biases, 2 of the feed-forward part, 2 norms. Of the embeddings: 3 tables and a norm.
    private const long Layer = 4 * (16 * 16 + 16) + (16 * 40 + 40) + (40 * 16 + 16) + 2 * 32;
    private const long Embeddings = (29 + 16 + 2) * 16 + 32;
    private const long Head = 2 * 16 + 2;
    private const long BiasesOfALayer = 4 * 16 + 40 + 16 + 2 * 16;

    [Theory]
    [InlineData("full", Embeddings + 3 * Layer)]
    [InlineData("freeze", Layer)]
    [InlineData("bitfit", 16 + 3 * BiasesOfALayer)]
    [InlineData("lora", 3 * 2 * 8 * (16 + 16))]
    [InlineData("dora", 3 * 2 * (8 * (16 + 16) + 16))]
    [InlineData("ia3", 3 * (16 + 16 + 40))]
    public void It_trains_the_head_and_what_its_method_does(string name, long others)
    {
        using var model = Create();
        using var adapter = Method.Named(name).Attach(model);

        Assert.Equal(others + Head, adapter.ParameterCount.Trainable);

        var ids = Make.Batch([3, 1, 4, 1], [5, 9, 2, 0]);
        model.call(ids, Make.Batch([1, 1, 1, 1], [1, 1, 1, 0])).pow(2).sum().backward();
        Assert.All(adapter.NamedParameters(), parameter => Assert.False(parameter.Parameter.grad is null, parameter.Name));
    }

    [Fact]
    public void Each_method_of_the_command_line_is_tested()
    {
        var tested = typeof(MethodTests).GetMethod(nameof(It_trains_the_head_and_what_its_method_does))!.GetCustomAttributesData()
            .Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!);

        Assert.Equal(Method.All.Select(method => method.Name), tested);
    }

    [Fact]
    public void Padding_has_no_effect()
    {
        using var model = Create();
        model.eval();
        using var noGrad = no_grad();

        var padded = model.call(Make.Batch([3, 1, 4, 1, 0, 0], [5, 9, 2, 6, 5, 3]), Make.Batch([1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1]));

        Expect.Close(model.call(Make.Batch([3L, 1, 4, 1]), Make.Batch([1L, 1, 1, 1])), padded.narrow(0, 0, 1));
    }

    private static MiniLmClassifier Create() => Make.Model(() => new MiniLmClassifier(new BertModel(Config, pooling: false), Config));
}
