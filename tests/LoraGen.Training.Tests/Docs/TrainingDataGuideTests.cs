using LoraGen.Training.Chat;
using LoraGen.Training.Cleaning;
using LoraGen.Training.Evaluation;
using LoraGen.Training.Reading;
using LoraGen.Training.Tokens;
using Microsoft.ML.Tokenizers;
using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Docs;

/// <summary>The programs of docs/training-data.md.</summary>
public sealed class TrainingDataGuideTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void From_a_file_to_batches()
    {
        var lines = Enumerable.Range(0, 100).Select(number =>
            $$"""{"instruction":"Add one to the number {{number}}, and say it.","input":"","output":"{{number + 1}}"}""");
        var path = _folder.Write("train.jsonl", string.Join('\n', lines.Append(lines.First())));

        var conversations = DataFiles.Read(path).FromInstructions().ToList();
        var template = ChatTemplate.Qwen25;
        var unique = Duplicates.RemoveNear(conversations, one => one.Text);
        var parts = DataSplit.ByHash(unique.Kept, one => one.Text, validation: 0.1);
        var tokenizer = new TextTokenizer(text => Vocabularies.Qwen.EncodeToIds(text));
        var options = new PaddedBatchOptions { MaxLength = 1024, BatchSize = 8, BucketBatches = 50 };
        var train = new PaddedBatches(parts.Train.Select(one => tokenizer.Encode(template.Pieces(one))), options);
        var validation = new PaddedBatches(parts.Validation.Select(one => tokenizer.Encode(template.Pieces(one))), options with { Seed = null });

        Assert.Equal("100 kept, 1 duplicates removed, 1 of them with similarity 1", unique.ToString());
        Assert.Equal(100, train.Truncation.Examples + validation.Truncation.Examples);
        Assert.All(train.Epoch(0), batch =>
        {
            // The answer is one to three digits, and the end of the message.
            Assert.InRange(batch.LearnedTokens, 2 * batch.InputIds.shape[0], 4 * batch.InputIds.shape[0]);
            batch.Dispose();
        });
    }

    [Fact]
    public void Classes_from_a_table()
    {
        var vocabulary = _folder.Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ngood\nbad\nbook\nvery\n");
        var reviews = DataFiles.ReadCsv(_folder.Write("reviews.csv", "text,stars,author\nGood book,5,Ada\nvery very very bad,1,\n")).To<Review>();

        var bert = BertTokenizer.Create(vocabulary, new BertOptions { RemoveNonSpacingMarks = true });
        var examples = reviews.Select(review => new ClassifiedExample(bert.EncodeToIds(review.Text, addSpecialTokens: true).ToArray(), review.Stars - 1));
        var batches = new ClassBatches(examples, new PaddedBatchOptions { MaxLength = 4, BatchSize = 32, KeptAtEnd = 1, Seed = null });

        using var batch = batches.Epoch(0).Single();
        Assert.Equal([[2, 5, 7, 3], [2, 8, 8, 3]], batch.InputIds.Rows());
        Assert.Equal([4, 0], batch.Labels.data<long>().ToArray());
        var scores = ClassificationScores.Measure(one => nn.functional.one_hot(one.Labels, 5).to(ScalarType.Float32), batches.Epoch(0));
        Assert.Equal(new ConfidenceInterval(1, 1, 1, 0.95), Bootstrap.Share(scores.Correct));
    }

    [Fact]
    public void Personal_data()
    {
        var filter = new PersonalDataFilter(new PersonalDataOptions { Names = ["Ada Lovelace"] });

        Assert.Equal("[NAME], [EMAIL], [PHONE]", filter.Filter("Ada Lovelace, ada@example.org, +44 20 7946 0958", out var counts));
        Assert.Equal("1 mail addresses, 1 telephone numbers, 0 card numbers and 1 names were replaced.", counts.ToString());
    }

    public sealed record Review(string Text, int Stars, string? Author);
}
