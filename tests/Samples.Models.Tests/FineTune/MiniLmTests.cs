using FineTuning.MiniLm;
using LoraGen.Training.Tokens;
using Models.Bert;
using static TorchSharp.torch;

namespace Samples.Models.Tests.FineTune;

/// <summary>The BERT of samples/Models with MiniLM's weights, compared with ONNX Runtime's execution of the file that they come from.</summary>
public sealed class MiniLmTests
{
    private static readonly string[] Texts =
    [
        "Hi.",
        "The quick brown fox jumps over the lazy dog, and nobody asked it why.",
        "Dear friend, you have WON $1,000,000!!! Reply today; this offer ends at midnight.",
        "Café naïve: 東京 ünïcödé, e-mail@example.org, http://example.org/a?b=c",
        string.Join(' ', Enumerable.Repeat("The patch applies cleanly to the current tree, but one test fails on big-endian machines.", 12)),
    ];

    [Fact]
    public void States_and_sentence_embeddings_are_those_of_onnx_runtime()
    {
        using var model = MiniLmModel.Load();
        using var oracle = new OnnxModel();
        using var batch = Batch(Texts);
        model.eval();
        using var noGrad = no_grad();

        var expected = oracle.States(batch.InputIds, batch.AttentionMask, zeros_like(batch.InputIds));
        var actual = model.Encode(batch.InputIds, batch.AttentionMask, null);

        Expect.Close(expected, actual, 1e-4, "Last hidden states");
        Expect.Differ(expected[0], expected[1], 0.1);
        Expect.Close(PlainMean(expected, batch.AttentionMask), MiniLmModel.Mean(actual, batch.AttentionMask), 1e-4, "Sentence embeddings");
    }

    [Fact]
    public void The_second_text_of_a_pair_has_its_own_token_type()
    {
        using var model = MiniLmModel.Load();
        using var oracle = new OnnxModel();
        using var batch = Batch(Texts[1..2]);
        model.eval();
        using var noGrad = no_grad();
        var types = ones_like(batch.InputIds);

        Expect.Close(oracle.States(batch.InputIds, batch.AttentionMask, types), model.Encode(batch.InputIds, batch.AttentionMask, types), 1e-4);
    }

    [Fact]
    public void Similar_sentences_have_similar_embeddings()
    {
        using var model = MiniLmModel.Load();
        using var batch = Batch(["A man is eating food.", "Someone eats a meal.", "The stock market fell sharply on Monday."]);
        model.eval();
        using var noGrad = no_grad();

        var embeddings = nn.functional.normalize(MiniLmModel.Mean(model.Encode(batch.InputIds, batch.AttentionMask, null), batch.AttentionMask), dim: 1);
        var similar = embeddings.matmul(embeddings.t()).data<float>().ToArray();

        Assert.InRange(similar[1], 0.6f, 1f);
        Assert.InRange(similar[2], -0.2f, 0.2f);
    }

    [Fact]
    public void Tokens_are_berts()
    {
        var ids = MiniLmPackage.Tokenizer().EncodeToIds("Hello, WORLD! Café");

        // [CLS] hello , world ! cafe [SEP] in bert-base-uncased
        Assert.Equal([101, 7592, 1010, 2088, 999, 7668, 102], ids);
    }

    [Fact]
    public void A_model_of_other_sizes_is_refused()
    {
        using var deeper = new BertModel(MiniLmModel.Config with { NumHiddenLayers = 7 }, pooling: false);
        using var shallower = new BertModel(MiniLmModel.Config with { NumHiddenLayers = 5 }, pooling: false);
        using var longer = new BertModel(MiniLmModel.Config with { MaxPositionEmbeddings = 600 }, pooling: false);

        Assert.Contains("no weight \"encoder.layer.6.", Refused(deeper), StringComparison.Ordinal);
        Assert.Contains("no parameter \"encoder.layer.5.", Refused(shallower), StringComparison.Ordinal);
        Assert.Contains("\"embeddings.position_embeddings.weight\" is [512, 384], expected [600, 384]", Refused(longer), StringComparison.Ordinal);
    }

    private static string Refused(BertModel model)
    {
        using var file = MiniLmPackage.Open("model.onnx");
        return Assert.Throws<InvalidDataException>(() => MiniLmModel.Fill(model, file)).Message;
    }

    private static ClassBatch Batch(IReadOnlyList<string> texts)
    {
        var tokenizer = MiniLmPackage.Tokenizer();
        var examples = texts.Select(text => new ClassifiedExample(tokenizer.EncodeToIds(text).ToArray(), 0));
        return new ClassBatches(examples, new PaddedBatchOptions { MaxLength = 512, BatchSize = texts.Count, Seed = null }).Epoch(0).Single();
    }

    // Written with loops, unlike the sample's.
    private static Tensor PlainMean(Tensor states, Tensor mask)
    {
        var lengths = mask.sum(1L).data<long>().ToArray();
        return stack([.. lengths.Select((length, row) => states[row].narrow(0, 0, length).mean([0L]))]);
    }
}
