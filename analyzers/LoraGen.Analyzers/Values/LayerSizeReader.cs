using System.Globalization;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Reads the sizes of a layer from the call that creates it: <c>nn.Linear(in, out)</c>, <c>nn.Conv2d(in, out, kernel, groups: 2)</c>.</summary>
internal sealed class LayerSizeReader(KnownNumbers numbers)
{
    /// <summary>Null unless all are known; the overload of Linear that takes a weight has none.</summary>
    public LayerFacts? SizeOf(IOperation value)
    {
        if (Factory(value) is not { } call || Argument(call, 0) is not { } inputs || Argument(call, 1) is not { } outputs || inputs <= 0 || outputs <= 0)
            return null;

        var (name, channels) = (call.TargetMethod.Name, $"{Text(inputs)}, {Text(outputs)}");
        if (TorchTypes.LayerKindOf(call.TargetMethod.ReturnType) != LayerKind.Convolution)
            return new LayerFacts(TorchTypes.LayerKindOf(call.TargetMethod.ReturnType), $"{name}({channels})", inputs, outputs, []);
        if (Kernel(call) is not { } kernel || GroupsOf(value) is not { } groups || inputs % groups != 0 || outputs % groups != 0)
            return null;

        var grouped = groups == 1 ? string.Empty : $", groups: {Text(groups)}";
        return new LayerFacts(
            LayerKind.Convolution,
            $"{name}({channels}, {string.Join("×", kernel.Select(Text))}{grouped})",
            inputs,
            outputs,
            kernel,
            groups);
    }

    /// <summary>Null for anything but a convolution, and if they aren't known.</summary>
    public long? GroupsOf(IOperation value)
    {
        if (Factory(value) is not { } call || TorchTypes.LayerKindOf(call.TargetMethod.ReturnType) != LayerKind.Convolution)
            return null;

        return numbers.Of(call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "groups")?.Value) is { } groups and > 0 ? groups : null;
    }

    /// <summary>Whether the layer gets a bias; null if that isn't known, and for an Embedding.</summary>
    public bool? HasBias(IOperation value)
    {
        var argument = Factory(value)?.Arguments.FirstOrDefault(
            argument => argument.Parameter is { Name: "hasBias" or "bias", Type.SpecialType: SpecialType.System_Boolean });
        return argument?.Value.ConstantValue is { HasValue: true, Value: bool hasBias } ? hasBias : null;
    }

    // One size for all dimensions, or a tuple with one size per dimension.
    private long[]? Kernel(IInvocationOperation call)
    {
        var value = Value(call, 2);
        var dimensions = call.TargetMethod.Name["Conv".Length] - '0';
        var sizes = value is null ? [] : AssignedValues.Bare(value) is ITupleOperation tuple
            ? tuple.Elements.Select(numbers.Of).ToArray()
            : [.. Enumerable.Repeat(numbers.Of(value), dimensions)];
        return sizes.Length == dimensions && sizes.All(size => size > 0) ? [.. sizes.Select(size => size!.Value)] : null;
    }

    private static IInvocationOperation? Factory(IOperation value)
    {
        var made = AssignedValues.Bare(value);
        if (made is ILocalReferenceOperation local && Locals.OnlyValue(local) is { } given)
            made = AssignedValues.Bare(given);
        return made is IInvocationOperation { TargetMethod: { ContainingType.Name: "nn" } method } call
            && TorchTypes.LayerKindOf(method.ReturnType) != LayerKind.Unknown
            && method.Name == method.ReturnType.Name
            ? call
            : null;
    }

    private long? Argument(IInvocationOperation call, int ordinal) => numbers.Of(Value(call, ordinal));

    private static IOperation? Value(IInvocationOperation call, int ordinal)
    {
        return call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal)?.Value;
    }

    private static string Text(long size) => size.ToString(CultureInfo.InvariantCulture);
}
