using Inference.Generation;
using Inference.Tokenizing;

namespace Samples.Models.Tests.Tokenizing.Oracle;

/// <summary>The sample's tokenizer against Hugging Face's own, text by text.</summary>
public sealed class OracleTests
{
    public static TheoryData<string> Cases => [.. OracleCase.All.Keys];

    [Fact]
    public void There_are_enough_texts() => Assert.InRange(OracleTexts.All.Count, 3000, 20_000);

    /// <summary>A text that is listed as different and is not fails too.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Tokens_are_Hugging_Faces_but_for_the_listed_texts(string name)
    {
        var (tokenizer, oracle, _) = Open(name);
        using (oracle)
        {
            var differing = OracleTexts.All.Where(text => !tokenizer.Encode(text).SequenceEqual(oracle.Encode(text))).Select(OracleTexts.Name);
            Assert.Equal(Differences.Of(name).Order(StringComparer.Ordinal), differing.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Text_comes_back_as_Hugging_Faces_and_the_same_piece_by_piece(string name)
    {
        var (tokenizer, oracle, special) = Open(name);
        using (oracle)
        {
            foreach (var text in OracleTexts.All)
            {
                int[] tokens = [.. oracle.Encode(text).Where(token => !special.Contains(token))];
                var decoded = oracle.Decode(tokens);
                Assert.Equal(decoded, tokenizer.Decode(tokens));
                Assert.Equal(decoded, Streamed(tokenizer, tokens));
            }
        }
    }

    [Fact]
    public void Every_difference_has_a_cause_and_a_case()
    {
        Assert.All(Differences.All, difference =>
        {
            Assert.NotEmpty(difference.Cause);
            Assert.All(difference.Cases, name => Assert.Contains(name, OracleCase.All.Keys));
        });
    }

    private static (Tokenizer Tokenizer, HuggingFaceTokenizer Oracle, HashSet<int> Special) Open(string name)
    {
        var known = OracleCase.All[name]();
        return (known.Read(), new HuggingFaceTokenizer(known.File), known.Special);
    }

    private static string Streamed(Tokenizer tokenizer, IEnumerable<int> tokens)
    {
        var writer = new StringWriter { NewLine = "" };
        var stream = new TextStream(tokenizer, writer);
        foreach (var token in tokens)
            stream.Show(token);
        stream.End();
        return writer.ToString();
    }
}
