using LoraGen.Training.Evaluation;

namespace LoraGen.Training.Tests.Evaluation;

/// <summary>Answers as SQuAD's evaluation compares them.</summary>
public sealed class AnswerTextTests
{
    [Theory]
    [InlineData("The Cat, a dog & an Owl!", "cat dog owl")]
    [InlineData("  in   1,808\n(A.D.)", "in 1808 ad")]
    [InlineData("then another theory", "then another theory")]
    [InlineData("the-end", "theend")]
    [InlineData("a", "")]
    public void Normalizing(string answer, string expected) => Assert.Equal(expected, AnswerText.Normalize(answer));

    [Fact]
    public void Exact_matches()
    {
        string[] predictions = ["The Eiffel Tower!", "Paris", "London"];
        string[][] references = [["eiffel tower"], ["Berlin", "Paris"], ["Paris"]];

        Assert.Equal([false, true, false], AnswerText.ExactMatches(predictions, references));
        Assert.Equal([true, true, false], AnswerText.ExactMatches(predictions, references, AnswerText.Normalize));
        Assert.Throws<ArgumentException>(() => AnswerText.ExactMatches(predictions, [["a"]]));
    }

    [Fact]
    public void F1_of_words()
    {
        // "tall eiffel tower" and "eiffel tower in paris": two common words of 3 and 4; repeated words count as often as both have them.
        string[] predictions = ["the tall Eiffel tower", "very very good", "nothing", "a", "x"];
        string[][] references = [["no", "Eiffel Tower in Paris"], ["very good good"], ["something"], ["the"], ["a"]];

        Assert.Equal([4.0 / 7, 4.0 / 6, 0, 1, 0], AnswerText.WordF1(predictions, references));
    }
}
