using System.Globalization;
using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Tests.Naming;

/// <summary>What the text of a layer's creation tells, and what the documentation makes of it.</summary>
public sealed class LayerTextTests
{
    [Theory]
    [InlineData("Linear(4, 8)", "Linear", "4", "8")]
    [InlineData("nn.Linear(width, 4 * width, hasBias: false)", "Linear", "width", "4 * width")]
    [InlineData("torch.nn.Linear(outputSize: n, inputSize: m)", "Linear", "m", "n")]
    [InlineData("Linear(\n  config.Hidden,\n  config.Heads *\n    config.HeadSize)", "Linear", "config.Hidden", "config.Heads * config.HeadSize")]
    [InlineData("Linear(4)", "Linear", "4", null)]
    [InlineData("Embedding(vocabulary, width, padding_idx: 0)", "Embedding", "vocabulary", "width")]
    [InlineData("nn.Embedding(embedding_dims: 4, num_embeddings: 3)", "Embedding", "3", "4")]
    [InlineData("LayerNorm(4)", "LayerNorm", null, null)]
    [InlineData("TorchSharp.torch.nn.Linear(4, 8)", "Linear", "4", "8")]
    public void Factory(string text, string factory, string? inputs, string? outputs) =>
        Assert.Equal(new LayerText(factory, inputs, outputs), LayerTextReader.Read(SyntaxFactory.ParseExpression(text)));

    [Theory]
    [InlineData("Conv2d(3, 4, 5)", "Conv2d", "3", "4", "5", "1")]
    [InlineData("nn.Conv1d(inputs, 2 * inputs, kernel_size: k, groups: 2)", "Conv1d", "inputs", "2 * inputs", "k", "2")]
    [InlineData("Conv3d(3, 4, (1,  2, 3), (1, 1, 1), (0, 0, 0), (1, 1, 1), PaddingModes.Zeros, g)", "Conv3d", "3", "4", "(1, 2, 3)", "g")]
    [InlineData("Conv2d(3, 4, 5, Padding.Same, bias: false)", "Conv2d", "3", "4", "5", "1")]
    public void Convolution(string text, string factory, string inputs, string outputs, string kernel, string groups) =>
        Assert.Equal(new LayerText(factory, inputs, outputs, kernel, groups), LayerTextReader.Read(SyntaxFactory.ParseExpression(text)));

    [Theory]
    [InlineData("new Block(4)")]
    [InlineData("fc")]
    [InlineData("layers.Linear(4, 8)")]
    [InlineData("isWide ? Linear(4, 8) : Linear(4, 4)")]
    [InlineData("Make<Linear>(4, 8)")]
    [InlineData("Linear(")]
    public void Nothing_else_is_guessed(string text) => Assert.Null(LayerTextReader.Read(SyntaxFactory.ParseExpression(text))?.Inputs);

    [Theory]
    [InlineData("rank 8, alpha 8, scaling 1")]
    [InlineData("rank 16, alpha 16, scaling 1", "Rank", "16")]
    [InlineData("rank 4, alpha 0.5, scaling 0.125", "Rank", "4", "Alpha", "0.5")]
    [InlineData("rank 4, alpha 16, scaling 8", "Rank", "4", "Alpha", "16.0", "RankStabilized", "true")]
    [InlineData("rank 3, alpha 1, scaling 0.3333, dropout 0.05", "Rank", "3", "Alpha", "1.0", "Dropout", "0.05")]
    [InlineData("rank 8, alpha 8, scaling 1", "Alpha", "double.NaN")]
    public void Options(string expected, params string[] options) => Assert.Equal(expected, MethodDocumentation.Options(MethodFacts.All[0], Pairs(options)));

    [Theory]
    [InlineData("4096", "11008", "A [8, 4096], B [11008, 8], 120,832 parameters")]
    [InlineData("width", "4 * width", "A [8, width], B [4 * width, 8], 8·(width + 4 * width) parameters")]
    [InlineData("4", "width", "A [8, 4], B [width, 8], 32 + 8·width parameters")]
    [InlineData("2000000000", "2000000000", "A [8, 2000000000], B [2000000000, 8], 32,000,000,000 parameters")]
    public void Shapes(string inputs, string outputs, string expected) =>
        Assert.Equal(expected, MethodDocumentation.Shapes(MethodFacts.All[0], [], new LayerText("Linear", inputs, outputs)));

    [Theory]
    [InlineData("Embedding(50, 32)", "A [8, 50], B [32, 8], 656 parameters")]
    [InlineData("Conv1d(6, 8, 3)", "A [8, 6, 3], B [8, 8, 1], 208 parameters")]
    [InlineData("Conv2d(8, 16, (3, 2), groups: 2)", "A [8, 8, 3, 2], B [16, 4, 1, 1], 448 parameters")]
    [InlineData("Conv3d(3, 4, 2)", "A [8, 3, 2, 2, 2], B [4, 8, 1, 1, 1], 224 parameters")]
    [InlineData("Conv2d(width, 2 * width, 3)", "A [8, width, 3, 3], B [2 * width, 8, 1, 1], 72·width + 8·(2 * width) parameters")]
    [InlineData("Conv2d(3, width, 7)", "A [8, 3, 7, 7], B [width, 8, 1, 1], 1,176 + 8·width parameters")]
    [InlineData("Conv2d(3, 4, size)", null)]
    [InlineData("Conv2d(3, 4, (3, 3, 3))", null)]
    [InlineData("Conv2d(3, 4, 3, groups: n)", null)]
    [InlineData("Conv2d(3, 6, 3, groups: 3)", null)]
    public void Shapes_of_other_kinds(string made, string? expected) =>
        Assert.Equal(expected, MethodDocumentation.Shapes(MethodFacts.All[0], [], LayerTextReader.Read(SyntaxFactory.ParseExpression(made))!));

    private static Option[] Pairs(string[] texts) => [.. texts.Chunk(2).Select(pair => new Option(pair[0], pair[1], Constant(pair[1])))];

    // As the attribute's constant would be: an int, a double or a bool.
    private static object Constant(string text)
    {
        if (bool.TryParse(text, out var flag))
            return flag;
        if (text == "double.NaN")
            return double.NaN;
        var isDouble = text.Contains('.', StringComparison.Ordinal);
        return isDouble ? double.Parse(text, CultureInfo.InvariantCulture) : (object)int.Parse(text, CultureInfo.InvariantCulture);
    }
}
