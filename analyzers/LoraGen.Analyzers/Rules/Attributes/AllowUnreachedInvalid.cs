using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Analyzers.Rules;

internal sealed class AllowUnreachedInvalid() : DeclarationRule(
    "LORA1017",
    "AllowUnreached has a value that is no pattern",
    "AllowUnreached is {0}; it takes true, false, a pattern, or an array of patterns",
    DiagnosticSeverity.Error)
{
    private const string Option = "AllowUnreached";

    public override void Check(AdapterDeclaration declaration, Report report)
    {
        foreach (var argument in declaration.Data.NamedArguments.Where(argument => argument.Key == Option))
        {
            if (Fault(argument.Value) is { } fault)
                report.At(declaration.LocationOf(Option), fault);
        }
    }

    // Null if there is none, and while it doesn't compile.
    private static string? Fault(TypedConstant value)
    {
        return value switch
        {
            { Kind: TypedConstantKind.Error } => null,
            { IsNull: true } => "null",
            { Kind: TypedConstantKind.Array } => OfArray(value),
            { Value: bool or string } => null,
            _ => value.ToCSharpString(),
        };
    }

    private static string? OfArray(TypedConstant array)
    {
        return array.Values.Select(Item).FirstOrDefault(fault => fault is not null) is { } item ? $"an array with {item} in it" : null;
    }

    private static string? Item(TypedConstant item)
    {
        return item switch
        {
            { Kind: TypedConstantKind.Error } => null,
            { IsNull: true } => "null",
            { Kind: not TypedConstantKind.Array, Value: string } => null,
            { Kind: TypedConstantKind.Array } => "an array",
            _ => item.ToCSharpString(),
        };
    }
}
