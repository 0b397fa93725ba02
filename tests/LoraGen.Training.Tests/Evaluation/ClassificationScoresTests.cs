using LoraGen.Training.Evaluation;
using LoraGen.Training.Tokens;
using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Evaluation;

/// <summary>Scores against the examples in scikit-learn's documentation of f1_score, precision_recall_fscore_support and accuracy_score.</summary>
public sealed class ClassificationScoresTests
{
    [Fact]
    public void Three_classes()
    {
        // Class 0: two of three predicted as 0 are right, and both items of it are found: F1 = 2·2/(3 + 2) = 0.8. Nothing is right in classes 1 and 2.
        var scores = ClassificationScores.Of([0, 2, 1, 0, 0, 1], [0, 1, 2, 0, 1, 2]);

        Assert.Equal([0.8, 0, 0], scores.Classes.Select(score => score.F1));
        Assert.Equal([2.0 / 3, 0, 0], scores.Classes.Select(score => score.Precision));
        Assert.Equal([1.0, 0, 0], scores.Classes.Select(score => score.Recall));
        Assert.Equal([2, 2, 2], scores.Classes.Select(score => score.Support));
        Assert.Equal(0.8 / 3, scores.MacroF1, 12);
        Assert.Equal(1.0 / 3, scores.MicroF1, 12);
        Assert.Equal(1.0 / 3, scores.Accuracy, 12);
        Assert.Equal("accuracy 0.333, macro F1 0.267, 6 items", scores.ToString());
    }

    [Fact]
    public void Two_classes()
    {
        // scikit-learn's example of zero_division is y_true all 0 here: no item is positive, and none is predicted.
        Assert.Equal(0, ClassificationScores.Of([0, 0, 0], [0, 0, 0]).F1());
        // TP 2, FP 1, FN 2: F1 = 4/(4 + 3).
        var scores = ClassificationScores.Of([1, 1, 1, 0, 0, 0], [1, 1, 0, 1, 1, 0]);
        Assert.Equal(4.0 / 7, scores.F1(), 12);
        Assert.Equal(2.0 / 5, scores.F1(positive: 0), 12);
        Assert.Equal([true, true, false, false, false, true], scores.Correct);
    }

    [Fact]
    public void A_class_that_is_only_predicted_counts_in_the_macro_mean()
    {
        Assert.Equal((2.0 * 1 / 3 + 0) / 2, ClassificationScores.Of([0, 7], [0, 0]).MacroF1, 12);
    }

    [Fact]
    public void A_model_is_measured_over_batches()
    {
        var examples = Enumerable.Range(0, 10).Select(index => new ClassifiedExample((int[])[index], index % 2)).ToList();
        var source = new ClassBatches(examples, new PaddedBatchOptions { MaxLength = 4, BatchSize = 3 });

        // It says 1 for all numbers from 4 on: 0, 2 and 5, 7, 9 are right.
        var scores = ClassificationScores.Measure(
            batch => stack([batch.InputIds.lt(4).squeeze(1), batch.InputIds.ge(4).squeeze(1)], 1).to(ScalarType.Float32), source.Epoch(0));

        Assert.Equal(0.5, scores.Accuracy);
        Assert.Equal(3, scores.Classes[1].TruePositives);
    }

    [Fact]
    public void Lists_that_do_not_match_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ClassificationScores.Of([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => ClassificationScores.Of([], []));
    }
}
