using FineTuning.MiniLm;
using FineTuning.Training;
using Models.Bert;
using static TorchSharp.torch;

namespace Samples.Models.Tests.FineTune;

/// <summary>The methods that the command line offers, on a small model.</summary>
public sealed class MethodTests
{
    // Of a layer: 4 attention matrices with biases, 2 of the feed-forward part, 2 norms. Of the embeddings: 3 tables and a norm.
    private const long Layer = 4 * (16 * 16 + 16) + (16 * 40 + 40) + (40 * 16 + 16) + 2 * 32;
    private const long Embeddings = (29 + 32 + 2) * 16 + 32;
    private const long Head = 2 * 16 + 2;
    private const long BiasesOfALayer = 4 * 16 + 40 + 16 + 2 * 16;
    private const long Network = 2 * 16 * 128 + 128 * 128 + 2 * 128 + 16;

    [Theory]
    [InlineData("full", Embeddings + 3 * Layer)]
    [InlineData("freeze", Layer)]
    [InlineData("bitfit", 16 + 3 * BiasesOfALayer)]
    [InlineData("lora", 3 * 2 * 8 * (16 + 16))]
    [InlineData("rslora", 3 * 2 * 32 * (16 + 16))]
    [InlineData("dora", 3 * 2 * (8 * (16 + 16) + 16))]
    [InlineData("adalora", 3 * 2 * 12 * (16 + 16 + 1))]
    [InlineData("vera", 3 * 2 * (256 + 16))]
    [InlineData("oft", 3 * 2 * (16 * 15 / 2))]
    [InlineData("ia3", 3 * (16 + 16 + 40))]
    [InlineData("houlsby", 3 * 2 * (16 + 1 + 16 + 16))]
    [InlineData("pfeiffer", 3 * (16 + 1 + 16 + 16))]
    [InlineData("prefix", 20 * 3 * 2 * 16)]
    [InlineData("prompt", 20 * 16)]
    [InlineData("ptuning", 20 * 16 + Network)]
    [InlineData("qlora8", 3 * 2 * 8 * (16 + 16))]
    [InlineData("qlora4", 3 * 2 * 8 * (16 + 16))]
    [InlineData("galore", Embeddings + 3 * Layer)]
    [InlineData("badam", Embeddings + 3 * Layer)]
    public void It_trains_the_head_and_what_its_method_does(string name, long others)
    {
        using var model = SmallClassifier.Create();
        using var tuned = new TunedModel(model, Method.Named(name));

        Assert.Equal(others + Head, tuned.Count.Trainable);

        var ids = Make.Batch([3, 1, 4, 1], [5, 9, 2, 0]);
        model.call(ids, Make.Batch([1, 1, 1, 1], [1, 1, 1, 0])).pow(2).sum().backward();
        Assert.All(
            tuned.Adapter?.NamedParameters() ?? [.. model.named_parameters()],
            parameter => Assert.False(parameter.Parameter.grad is null, parameter.Name));
    }

    [Theory]
    [InlineData("qlora8", 0.001, 0.02)]
    [InlineData("qlora4", 0.02, 0.6)]
    public void A_quantised_base_has_about_the_same_logits(string name, double least, double most)
    {
        using var model = SmallClassifier.Create();
        using var noGrad = no_grad();
        var (ids, mask) = (Make.Batch([3L, 1, 4, 1]), Make.Batch([1L, 1, 1, 1]));
        var expected = model.call(ids, mask);
        using var tuned = new TunedModel(model, Method.Named(name));

        Assert.InRange((model.call(ids, mask) - expected).abs().max().item<float>(), least, most);
    }

    [Fact]
    public void Lora_may_have_another_rank()
    {
        using var model = SmallClassifier.Create();
        using var tuned = new TunedModel(model, Method.LoraOfRank(5));

        Assert.Equal((3 * 2 * 5 * (16 + 16)) + Head, tuned.Count.Trainable);
    }

    [Fact]
    public void Each_method_of_the_command_line_is_tested()
    {
        var tested = typeof(MethodTests).GetMethod(nameof(It_trains_the_head_and_what_its_method_does))!.GetCustomAttributesData()
            .Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!);

        Assert.Equal(Method.All.Select(method => method.Name), tested);
    }

    [Theory, InlineData("lora"), InlineData("prefix"), InlineData("prompt"), InlineData("ptuning")]
    public void Padding_has_no_effect(string name)
    {
        using var model = SmallClassifier.Create();
        using var tuned = new TunedModel(model, Method.Named(name));
        model.eval();
        using var noGrad = no_grad();

        var padded = model.call(Make.Batch([3, 1, 4, 1, 0, 0], [5, 9, 2, 6, 5, 3]), Make.Batch([1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1]));

        Expect.Close(model.call(Make.Batch([3L, 1, 4, 1]), Make.Batch([1L, 1, 1, 1])), padded.narrow(0, 0, 1));
    }

    [Theory, InlineData("prefix"), InlineData("prompt"), InlineData("ptuning")]
    public void The_mean_is_that_of_the_texts_own_states(string name)
    {
        var bert = Make.Model(() => new BertModel(SmallClassifier.Config, pooling: false));
        using var model = new MiniLmClassifier(bert, SmallClassifier.Config);
        var (ids, mask) = (Make.Batch([3L, 1, 4]), Make.Batch([1L, 1, 1]));
        model.eval();
        using var noGrad = no_grad();
        var untouched = bert.Encode(ids, mask, null);
        using var tuned = new TunedModel(model, Method.Named(name));

        var states = bert.Encode(ids, mask, null);
        Assert.Equal([1, 3, 16], states.shape);
        Expect.Differ(untouched, states);
        var values = model.state_dict();
        Expect.Close(nn.functional.linear(states.mean([1L]), values["classifier.weight"], values["classifier.bias"]), model.call(ids, mask));
    }
}
