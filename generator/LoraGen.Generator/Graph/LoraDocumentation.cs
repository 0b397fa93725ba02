using System.Globalization;
using LoraGen.Generator.Models;

namespace LoraGen.Generator.Graph;

/// <summary>What the documentation says of LoRA at a site, from the options as they are written.</summary>
internal static class LoraDocumentation
{
    public static string Options(IReadOnlyList<Option> options)
    {
        var rank = Rank(options);
        var alpha = Number(options, "Alpha") ?? rank;
        var isRankStabilized = options.Any(option => option is { Name: "RankStabilized", Literal: "true" });
        var scaling = Text(alpha / (isRankStabilized ? Math.Sqrt(rank) : rank));
        var dropout = Number(options, "Dropout") is { } rate and > 0 ? $", dropout {Text(rate)}" : string.Empty;
        return $"rank {Text(rank)}, alpha {Text(alpha)}, scaling {scaling}{dropout}";
    }

    public static string? Shapes(IReadOnlyList<Option> options, LayerText layer)
    {
        var rank = Rank(options);
        if (LayerKinds.Named(layer.Factory) == LayerKind.Convolution)
            return ConvolutionShapes(rank, layer);

        var count = Size(layer.Inputs) is { } inputs && Size(layer.Outputs) is { } outputs
            ? (rank * (inputs + outputs)).ToString("N0", CultureInfo.InvariantCulture)
            : $"{Text(rank)}·({layer.Inputs} + {layer.Outputs})";
        return $"A [{Text(rank)}, {layer.Inputs}], B [{layer.Outputs}, {Text(rank)}], {count} parameters";
    }

    private static string? ConvolutionShapes(int rank, LayerText layer)
    {
        if (KernelText.Sizes(layer) is not { } kernel || Size(layer.Groups) is not { } groups || groups < 1 || rank % groups != 0)
            return null;

        var perInput = rank * kernel.Aggregate(1L, (product, size) => product * size);
        var perOutput = rank / groups;
        var count = Size(layer.Inputs) is { } inputs && Size(layer.Outputs) is { } outputs
            ? ((perInput * inputs) + (perOutput * outputs)).ToString("N0", CultureInfo.InvariantCulture)
            : $"{Product(perInput, layer.Inputs)} + {Product(perOutput, layer.Outputs)}";
        return $"A [{Text(rank)}, {layer.Inputs}, {string.Join(", ", kernel.Select(size => Text(size)))}], "
            + $"B [{layer.Outputs}, {Text(perOutput)}, {string.Join(", ", kernel.Select(_ => "1"))}], {count} parameters";
    }

    private static string Product(long factor, string? size)
    {
        if (Size(size) is { } number)
            return (factor * number).ToString("N0", CultureInfo.InvariantCulture);
        var isName = size is null || size.All(character => char.IsLetterOrDigit(character) || character is '_' or '.');
        return $"{Text(factor)}·{(isName ? size : $"({size})")}";
    }

    private static int Rank(IReadOnlyList<Option> options) => (int)(Number(options, "Rank") ?? LoraMethod.DefaultRank);

    private static double? Number(IReadOnlyList<Option> options, string name)
    {
        var literal = options.LastOrDefault(option => option.Name == name)?.Literal;
        return double.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static long? Size(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    private static string Text(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
