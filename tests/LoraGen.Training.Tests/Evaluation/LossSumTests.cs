using LoraGen.Training.Evaluation;
using LoraGen.Training.Tokens;
using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Evaluation;

/// <summary>Losses over batches of different sizes, perplexity and forgetting.</summary>
public sealed class LossSumTests
{
    [Fact]
    public void Perplexity_is_the_exponential_of_the_mean_over_tokens()
    {
        var sum = new LossSum(3 * Math.Log(10), 3) + new LossSum(0, 1);

        Assert.Equal(0.75 * Math.Log(10), sum.Mean, 12);
        Assert.Equal(Math.Pow(10, 0.75), sum.Perplexity, 12);
        Assert.Equal("loss 2.3026, perplexity 10.00, 2 tokens", new LossSum(2 * Math.Log(10), 2).ToString());
    }

    /// <summary>A model that gives all tokens the same probability has the size of its vocabulary as perplexity, whatever the batches.</summary>
    [Fact]
    public void A_uniform_model_has_the_size_of_its_vocabulary_as_perplexity()
    {
        var sum = LanguageModelLoss.Measure(batch => zeros([.. batch.InputIds.shape, 50]), Source(3).Epoch(0));

        Assert.Equal(50, sum.Perplexity, 1e-4);
        Assert.Equal(2 + 3 + 4 + 5 + 6, sum.Count);
    }

    [Fact]
    public void The_loss_does_not_depend_on_the_batches()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var table = randn([50, 50], requires_grad: true);

        var one = LanguageModelLoss.Measure(batch => table[batch.InputIds], Source(1).Epoch(0));
        var all = LanguageModelLoss.Measure(batch => table[batch.InputIds], Source(5).Epoch(0));

        Assert.Equal(one.Mean, all.Mean, 1e-5);
        // By hand: a token's logits depend on the token before it only.
        var logProbabilities = table.log_softmax(1).data<float>().ToArray();
        var pairs = Enumerable.Range(3, 5).SelectMany(length => Enumerable.Range(1, length - 1).Select(next => -logProbabilities[((next - 1) * 50) + next]));
        Assert.Equal(pairs.Average(), one.Mean, 1e-4);
    }

    [Fact]
    public void Forgetting_is_the_difference_of_the_losses()
    {
        var forgetting = new Forgetting(new LossSum(200, 100), new LossSum(210, 100));

        Assert.Equal(0.1, forgetting.Difference, 12);
        Assert.Equal(Math.Exp(0.1), forgetting.PerplexityRatio, 12);
        Assert.Equal("loss 2.0000 before, 2.1000 after: +0.1000 (perplexity × 1.105)", forgetting.ToString());
        Assert.Throws<InvalidOperationException>(() => new Forgetting(new LossSum(1, 1), new LossSum(1, 2)).Difference);
    }

    [Fact]
    public void No_batch_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => LanguageModelLoss.Measure(batch => batch.InputIds, []));
        Assert.Throws<ArgumentException>(() => LanguageModelLoss.Measure(batch => batch.InputIds, Source(1).Epoch(0)));
    }

    private static PaddedBatches Source(int batchSize)
    {
        var examples = Enumerable.Range(3, 5).Select(length => new TokenizedExample(Enumerable.Range(0, length).ToArray()));
        return new PaddedBatches(examples, new PaddedBatchOptions { MaxLength = 16, BatchSize = batchSize });
    }
}
