using Inference.Tokenizing;

namespace Samples.Models.Tests.Tokenizing.Oracle;

/// <summary>What a tokenizer.model asks for and the sample doesn't do is refused.</summary>
public sealed class SentencePieceFaultTests
{
    [Theory]
    [InlineData(1, false, null, "trainer_spec.model_type is UNIGRAM, which this sample does not support; it knows BPE")]
    [InlineData(2, true, null, "normalizer_spec.remove_extra_whitespaces is true, which")]
    [InlineData(2, false, """{ "tokenizer_class": "T5Tokenizer" }""", "tokenizer_class is \"T5Tokenizer\", which")]
    [InlineData(2, false, """{ "legacy": false }""", "legacy is false, which this sample does not support; it knows true")]
    public void An_unknown_part_is_named_with_its_value(int kind, bool collapsesSpaces, string? config, string expected)
    {
        using var folder = Folder(SentencePieces.Model(kind, collapsesSpaces), config);
        var message = Assert.Throws<NotSupportedException>(() => Tokenizer.Read(folder.Path)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_model_is_named()
    {
        using var folder = Folder([1, 2, 3], null);
        var message = Assert.Throws<InvalidDataException>(() => Tokenizer.Read(folder.Path)).Message;
        Assert.Contains("is not a model of SentencePiece", message, StringComparison.Ordinal);
    }

    /// <summary>Llama's class puts a beginning before a text unless the config says otherwise, and an end after it if it says so.</summary>
    [Fact]
    public void The_config_says_what_is_around_a_text()
    {
        using var folder = Folder(SentencePieces.Model(), """{ "add_bos_token": false, "add_eos_token": true }""");
        var tokens = Tokenizer.Read(folder.Path).Encode("the");
        Assert.Equal(2, tokens[^1]);
        Assert.Equal("▁the", SentencePieces.Pieces[Assert.Single(tokens.SkipLast(1))]);
    }

    private static TemporaryFolder Folder(byte[] model, string? config)
    {
        var folder = new TemporaryFolder();
        folder.Write("tokenizer.model", model);
        if (config is not null)
            folder.Write("tokenizer_config.json", config);
        return folder;
    }
}
