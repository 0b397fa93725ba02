using System.Globalization;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;

namespace LoraGen.Generator.Graph;

/// <summary>The documentation of a method: its options, and the parameters that it declares for a layer.</summary>
internal static class MethodDocumentation
{
    // Placeholders for sizes that are only known as text: primes, so that none is a product of other sizes.
    private const long UnknownInputs = 1_000_003;
    private const long UnknownOutputs = 1_000_033;

    /// <summary>The options as text; empty if none is worth mentioning.</summary>
    public static string Options(MethodFacts method, IEnumerable<Option> options)
    {
        return method.Defaults is { } defaults ? MethodOptions.Read(defaults, options).Summary : string.Empty;
    }

    /// <summary>The options as text, including those that name layers by path.</summary>
    public static string AllOptions(MethodFacts method, IEnumerable<Option> options)
    {
        if (method.Defaults is not { } defaults)
            return string.Empty;

        var read = MethodOptions.Read(defaults, options);
        var paths = read.PathOptions.Where(option => option.Patterns.Count > 0).Select(option => $"{option.Option} {string.Join(", ", option.Patterns)}");
        return string.Join(", ", paths.Prepend(read.Summary).Where(text => text.Length > 0));
    }

    /// <summary>The trained parameters of a layer whose creation is known as text; null if the text doesn't determine them.</summary>
    public static string? Shapes(MethodFacts method, IEnumerable<Option> options, LayerText layer)
    {
        if (method.Defaults is not { } defaults || layer is not { Inputs: { } inputs, Outputs: { } outputs })
            return null;

        // If an option names layers by path, the parameters may differ between paths.
        var read = MethodOptions.Read(defaults, options);
        var kind = LayerKinds.Named(layer.Factory);
        if (read.PathOptions.Any(option => option.Patterns.Count > 0) || read.AllFaults().Any() || Kernel(kind, layer) is not { } shape)
            return null;

        var facts = new LayerFacts(kind, layer.Factory, Size(inputs) ?? UnknownInputs, Size(outputs) ?? UnknownOutputs, shape.Kernel, shape.Groups);
        if (read.Unsupported(facts) is not null)
            return null;

        ParameterSpec[] specs = [.. read.Parameters(facts).Where(spec => spec.Trains)];
        var texts = new Dictionary<long, string> { [UnknownInputs] = inputs, [UnknownOutputs] = outputs };
        var shapes = specs.Select(spec => $"{spec.Name} [{string.Join(", ", spec.Shape.Select(size => Text(size, texts)))}]");
        return $"{string.Join(", ", shapes)}, {Count(specs, texts)} parameters";
    }

    private static (IReadOnlyList<long> Kernel, long Groups)? Kernel(LayerKind kind, LayerText layer)
    {
        if (kind != LayerKind.Convolution)
            return ([], 1);

        return KernelText.Sizes(layer) is { } kernel && Size(layer.Groups) is >= 1 and { } groups ? (kernel, groups) : null;
    }

    // 8·(in + out) + out: one term per factor of sizes that are only known as text.
    private static string Count(IReadOnlyList<ParameterSpec> specs, Dictionary<long, string> texts)
    {
        var terms = specs
            .Select(spec => (Factor: spec.Shape.Where(size => !texts.ContainsKey(size)).Aggregate(1L, (product, size) => product * size),
                Size: spec.Shape.Where(texts.ContainsKey).Select(size => texts[size]).FirstOrDefault()))
            .ToArray();
        var known = terms.Where(term => term.Size is null).Sum(term => term.Factor);
        var unknown = terms
            .Where(term => term.Size is not null)
            .GroupBy(term => term.Factor, term => term.Size!)
            .Select(group => Product(group.Key, [.. group]));
        return string.Join(" + ", known == 0 ? unknown : unknown.Prepend(known.ToString("N0", CultureInfo.InvariantCulture)));
    }

    private static string Product(long factor, string[] sizes)
    {
        var sum = string.Join(" + ", sizes);
        if (factor == 1)
            return sum;

        var isName = sum.All(character => char.IsLetterOrDigit(character) || character is '_' or '.');
        return $"{Text(factor)}·{(isName ? sum : $"({sum})")}";
    }

    private static string Text(long size, Dictionary<long, string> texts) => texts.TryGetValue(size, out var text) ? text : Text(size);

    private static string Text(long size) => size.ToString(CultureInfo.InvariantCulture);

    private static long? Size(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
}
