using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class ConstructorNotCounted() : CountRule(
    "LORA1017",
    "No Count before there is a model",
    "{0}, so no Count is generated for {1}; the ParameterCount of an attached adapter is exact as always",
    DiagnosticSeverity.Info)
{
    public override void Check(UncountedModels models, SyntaxNode part, Report report)
    {
        foreach (var model in models.In(part))
            report.At(model.Place.GetLocation(), model.Why, string.Join(" and ", model.Constructors.Select(Shown)));
    }

    private static string Shown(IMethodSymbol constructor)
    {
        var parameters = constructor.Parameters.Select(parameter => parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        var type = constructor.ContainingType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        return $"new {type}({string.Join(", ", parameters)})";
    }
}
