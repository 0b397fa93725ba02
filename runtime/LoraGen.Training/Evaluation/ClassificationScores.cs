using LoraGen.Training.Tokens;
using static TorchSharp.torch;

namespace LoraGen.Training.Evaluation;

/// <summary>How well classes are predicted. The definitions are scikit-learn's, with <c>zero_division=0</c>.</summary>
public sealed class ClassificationScores
{
    private ClassificationScores(IReadOnlyList<ClassScore> classes, IReadOnlyList<bool> correct)
    {
        Classes = classes;
        Correct = correct;
    }

    /// <summary>The scores of each class that was expected or predicted, by label.</summary>
    public IReadOnlyList<ClassScore> Classes { get; }

    /// <summary>Whether each prediction is right: the values for an interval of the accuracy (<see cref="Bootstrap"/>).</summary>
    public IReadOnlyList<bool> Correct { get; }

    /// <summary>The share of right predictions.</summary>
    public double Accuracy => (double)Correct.Count(correct => correct) / Correct.Count;

    /// <summary>The mean of the classes' F1.</summary>
    public double MacroF1 => Classes.Average(score => score.F1);

    /// <summary>F1 over all decisions. With one class per item, it is the accuracy.</summary>
    public double MicroF1
    {
        get
        {
            var found = Classes.Sum(score => score.TruePositives);
            return found == 0 ? 0 : 2.0 * found / (Classes.Sum(score => score.Predicted) + Classes.Sum(score => score.Support));
        }
    }

    /// <summary>Compares predictions.</summary>
    /// <param name="predicted">The predicted classes.</param>
    /// <param name="expected">The right classes.</param>
    /// <exception cref="ArgumentException">The numbers of items differ, or there is none.</exception>
    public static ClassificationScores Of(IReadOnlyList<long> predicted, IReadOnlyList<long> expected)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(expected);
        Pairs.Check(predicted.Count, expected.Count, nameof(predicted));
        var classes = predicted.Union(expected).Order().Select(label => new ClassScore(
            label,
            TruePositives: predicted.Zip(expected).Count(pair => pair == (label, label)),
            Predicted: predicted.Count(other => other == label),
            Support: expected.Count(other => other == label)));
        return new ClassificationScores([.. classes], [.. predicted.Zip(expected, (first, second) => first == second)]);
    }

    /// <summary>Predicts the classes of batches, without gradients, and compares them. The batches are disposed.</summary>
    /// <param name="logits">The model: the logits of the classes, [rows, classes]. Call <c>eval()</c> on the model before.</param>
    /// <param name="batches">The batches, such as <c>source.Epoch(0)</c>.</param>
    /// <exception cref="ArgumentException">There is no batch.</exception>
    public static ClassificationScores Measure(Func<ClassBatch, Tensor> logits, IEnumerable<ClassBatch> batches)
    {
        return Measure(logits, batch => batch.Labels, batches);
    }

    /// <inheritdoc cref="Measure(Func{ClassBatch, Tensor}, IEnumerable{ClassBatch})"/>
    /// <typeparam name="TBatch">The batches.</typeparam>
    /// <param name="logits">The model: the logits of the classes, [rows, classes]. Call <c>eval()</c> on the model before.</param>
    /// <param name="labels">The right classes of a batch, integers [rows].</param>
    /// <param name="batches">The batches, such as <c>source.Epoch(0)</c>.</param>
    public static ClassificationScores Measure<TBatch>(Func<TBatch, Tensor> logits, Func<TBatch, Tensor> labels, IEnumerable<TBatch> batches)
        where TBatch : IDisposable
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(batches);
        var (predicted, expected) = (new List<long>(), new List<long>());
        using var withoutGradients = no_grad();
        foreach (var batch in batches)
        {
            using (batch)
            {
                using var scope = NewDisposeScope();
                predicted.AddRange(logits(batch).argmax(-1).cpu().data<long>().ToArray());
                expected.AddRange(labels(batch).to(ScalarType.Int64).cpu().data<long>().ToArray());
            }
        }

        return Of(predicted, expected);
    }

    /// <summary>The F1 of one class: binary F1 with this class as the positive one; 0 if it neither was expected nor predicted.</summary>
    /// <param name="positive">The label of the class. Default: 1.</param>
    public double F1(long positive = 1) => Classes.FirstOrDefault(score => score.Label == positive)?.F1 ?? 0;

    /// <summary>For example <c>accuracy 0.950, macro F1 0.943, 200 items</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"accuracy {Accuracy:F3}, macro F1 {MacroF1:F3}, {Correct.Count} items");
}
