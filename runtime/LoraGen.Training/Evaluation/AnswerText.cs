using System.Text.RegularExpressions;

namespace LoraGen.Training.Evaluation;

/// <summary>Compares generated answers with right ones.</summary>
public static partial class AnswerText
{
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// <summary>
    /// Normalizes an answer as the evaluation of SQuAD does (Rajpurkar et al. 2016): lower case, without the punctuation of ASCII and the articles <c>a</c>,
    /// <c>an</c> and <c>the</c>, with single spaces between words. For English.
    /// </summary>
    /// <param name="answer">The answer.</param>
    public static string Normalize(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var plain = string.Concat(answer.ToLowerInvariant().Where(character => !Punctuation.Contains(character, StringComparison.Ordinal)));
        return string.Join(' ', Words(Article().Replace(plain, " ")));
    }

    /// <summary>Whether each prediction is one of its references, character by character.</summary>
    /// <param name="predictions">The predictions.</param>
    /// <param name="references">The right answers to each; several are allowed.</param>
    /// <param name="normalize">What is done to both before, such as <see cref="Normalize"/>; null for nothing.</param>
    /// <exception cref="ArgumentException">The numbers differ, or there is no prediction.</exception>
    public static IReadOnlyList<bool> ExactMatches(
        IReadOnlyList<string> predictions, IReadOnlyList<IReadOnlyList<string>> references, Func<string, string>? normalize = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(references);
        Pairs.Check(predictions.Count, references.Count, nameof(predictions));
        normalize ??= text => text;
        return [.. predictions.Zip(references, (answer, right) => right.Any(reference => normalize(reference) == normalize(answer)))];
    }

    /// <summary>
    /// The F1 of the words of each prediction and its best reference, both normalized, as the evaluation of SQuAD computes it: how many words they have in
    /// common, in any order.
    /// </summary>
    /// <param name="predictions">The predictions.</param>
    /// <param name="references">The right answers to each; several are allowed.</param>
    /// <exception cref="ArgumentException">The numbers differ, or there is no prediction.</exception>
    public static IReadOnlyList<double> WordF1(IReadOnlyList<string> predictions, IReadOnlyList<IReadOnlyList<string>> references)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(references);
        Pairs.Check(predictions.Count, references.Count, nameof(predictions));
        return [.. predictions.Zip(references, (answer, right) => right.Select(reference => WordF1(answer, reference)).DefaultIfEmpty(0).Max())];
    }

    private static double WordF1(string prediction, string reference)
    {
        var (predicted, right) = (Words(Normalize(prediction)), Words(Normalize(reference)));
        if (predicted.Length == 0 || right.Length == 0)
            return predicted.Length == right.Length ? 1 : 0;
        var left = right.GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count());
        var common = predicted.Count(word => left.GetValueOrDefault(word) > 0 && left[word]-- > 0);
        return 2.0 * common / (predicted.Length + right.Length);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\b(?:a|an|the)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Article();
}
