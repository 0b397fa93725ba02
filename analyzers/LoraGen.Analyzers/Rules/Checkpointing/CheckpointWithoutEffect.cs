using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Analyzers.Rules;

internal sealed class CheckpointWithoutEffect() : ModuleRule(
    "LORA1021",
    "A [Checkpoint] can't take effect",
    "[Checkpoint] on {0}: {1}",
    DiagnosticSeverity.Warning)
{
    public override void Check(ModuleClass module, Report report)
    {
        if (CheckpointFacts.Of(module.Type) is { } ofClass)
            CheckOne(module.Type, ofClass, module.Type, isList: false, report);

        foreach (var field in module.Fields)
        {
            var member = field.AssociatedSymbol ?? field;
            if ((CheckpointFacts.Of(member) ?? CheckpointFacts.Of(field)) is not { } attribute)
                continue;

            var isList = TorchTypes.IsModuleList(field.Type) || TorchTypes.IsModuleDict(field.Type);
            var block = isList ? ((INamedTypeSymbol)field.Type).TypeArguments[0] : field.Type;
            CheckOne(member, attribute, block, isList, report);
        }
    }

    private static void CheckOne(ISymbol symbol, AttributeData attribute, ITypeSymbol block, bool isList, Report report)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax syntax)
            return;

        var every = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Every").Value.Value as int? ?? 1;
        if (!TorchTypes.IsModule(block))
            report.At(syntax.GetLocation(), symbol.Name, "it is no module, so it has no calls");
        else if (every < 1)
            report.At(syntax.GetLocation(), symbol.Name, FormattableString.Invariant($"Every is {every}, but it must be at least 1"));
        else if (every > 1 && !isList)
            report.At(syntax.GetLocation(), symbol.Name, "Every is for the blocks of a ModuleList; set it on the member that holds the list");
        else if (Result(block) is { } result && !AreTensors(result))
        {
            report.At(
                syntax.GetLocation(),
                symbol.Name,
                $"the forward of {block.Name} returns {result.ToDisplayString()}, but only results that are tensors, or tuples of them, get gradients");
        }
    }

    private static ITypeSymbol? Result(ITypeSymbol block)
    {
        for (ITypeSymbol? type = block; type is not null; type = type.BaseType)
        {
            if (type is INamedTypeSymbol { Name: "Module", Arity: > 1 } named && TorchTypes.IsModuleBase(type))
                return named.TypeArguments[named.Arity - 1];
        }

        return null;
    }

    private static bool AreTensors(ITypeSymbol type)
    {
        return type is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements.All(element => TorchTypes.IsTensor(element.Type))
            : TorchTypes.IsTensor(type) || type is ITypeParameterSymbol;
    }
}
