using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>Trained rows against a model whose weight has them.</summary>
public sealed class TrainableTokensTests
{
    [Theory]
    [InlineData(ScalarType.Float32, 1e-6)]
    [InlineData(ScalarType.BFloat16, 0.03)]
    public void The_output_is_that_of_a_weight_with_the_rows(ScalarType type, double tolerance)
    {
        using var model = Make.Model(() => new TiedWords(isTied: false), dtype: type);
        using var adapter = Make.Trained(model.AttachTrainableTokens());
        using var reference = Make.Model(() => new TiedWords(isTied: false), dtype: type);
        using (no_grad())
        {
            reference.state_dict()["words.weight"].index_copy_(0, tensor(new long[] { 5, 2 }), adapter.Words.Rows.to(type));
            reference.state_dict()["head.weight"].index_copy_(0, tensor(new long[] { 5, 2 }), adapter.Head.Rows.to(type));
        }

        Expect.Close(reference.forward(TiedWords.Ids).to(ScalarType.Float32), model.forward(TiedWords.Ids).to(ScalarType.Float32), tolerance);
        adapter.Merge();
        Assert.Equal(ModelState.BitsOf(reference), ModelState.BitsOf(model));
    }

    [Fact]
    public void Only_the_rows_have_gradients_and_they_are_the_weights()
    {
        using var model = Make.Model(() => new TiedWords(isTied: false));
        using var adapter = model.AttachTrainableTokens();
        using var reference = Make.Model(() => new TiedWords(isTied: false));

        model.forward(TiedWords.Ids).pow(2).mean().backward();
        reference.forward(TiedWords.Ids).pow(2).mean().backward();

        var rows = tensor(new long[] { 5, 2 });
        Expect.Close(reference.words.weight!.grad!.index_select(0, rows), adapter.Words.Rows.grad!, 1e-6);
        Expect.Close(reference.head.weight!.grad!.index_select(0, rows), adapter.Head.Rows.grad!, 1e-6);
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void A_tied_head_uses_the_same_rows()
    {
        using var model = Make.Model(() => new TiedWords(isTied: true));
        var before = ModelState.Of(model);
        using var adapter = Make.Trained(model.AttachTrainableTokens());
        Assert.Equal(["head"], Assert.Single(adapter.Sites).Aliases);
        using var reference = Make.Model(() => new TiedWords(isTied: true));
        using (no_grad())
            reference.state_dict()["words.weight"].index_copy_(0, tensor(new long[] { 5, 2 }), adapter.Words.Rows);

        var expected = reference.forward(TiedWords.Ids);
        Expect.Close(expected, model.forward(TiedWords.Ids), 1e-6);
        adapter.Merge();
        Expect.Close(expected, model.forward(TiedWords.Ids), 1e-6);
        adapter.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void It_trains_and_is_saved()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new TiedWords(isTied: true));
        using var adapter = model.AttachTrainableTokens();
        using var optimizer = optim.Adam(adapter.Parameters(), lr: 0.05);
        var first = Loss(model).item<float>();
        for (var i = 0; i < 200; i++)
        {
            optimizer.zero_grad();
            Loss(model).backward();
            optimizer.step();
        }

        Assert.True(Loss(model).item<float>() < 0.8 * first);
        var trained = model.forward(TiedWords.Ids).detach();
        adapter.Save(folder.Path);
        adapter.Dispose();
        using var loaded = model.AttachTrainableTokensFrom(folder.Path);
        Expect.SameBits(trained, model.forward(TiedWords.Ids));
        Assert.Equal(TiedWordsTrainableTokens.Count(true), loaded.ParameterCount);
    }

    [Fact]
    public void Rows_that_cannot_be_trained_are_refused()
    {
        using var model = new TiedWords(isTied: false);
        Assert.Contains(
            "Tokens has 7, but the Embedding has 7 rows",
            Assert.Throws<ArgumentException>(() => model.AttachBeyondTrainableTokens()).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Tokens is empty, so nothing would be trained",
            Assert.Throws<ArgumentException>(() => model.AttachNoneTrainableTokens()).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Tokens has 3, which is the Embedding's padding_idx",
            Assert.Throws<ArgumentException>(() => model.AttachPaddedTrainableTokens()).Message,
            StringComparison.Ordinal);
    }

    private static Tensor Loss(TiedWords model) => functional.cross_entropy(model.forward(TiedWords.Ids).view(-1, 7), TiedWords.Ids.view(-1));
}

// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA2019, LORA1027
[TrainableTokens(Tokens = [5, 2], Targets = ["words", "head"])]
[TrainableTokens(Name = "beyond", Tokens = [7], Targets = ["words"])]
[TrainableTokens(Name = "none", Targets = ["words"])]
[TrainableTokens(Name = "padded", Tokens = [3], Targets = ["words"])]
internal sealed class TiedWords : Module<Tensor, Tensor>
{
    public readonly Embedding words;
    public readonly Linear head;

    public TiedWords(bool isTied)
        : base(nameof(TiedWords))
    {
        words = Embedding(7, 4, padding_idx: 3);
        head = Linear(4, 7, hasBias: !isTied);
        if (isTied)
            head.weight = (Parameter)words.weight!;
        RegisterComponents();
    }

    public static Tensor Ids => tensor(new long[] { 5, 0, 2, 5, 1, 3 }, device: TestDevice.Device).view(2, 3);

    public override Tensor forward(Tensor ids) => head.forward(words.forward(ids));
}
