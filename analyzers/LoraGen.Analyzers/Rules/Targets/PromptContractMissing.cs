using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class PromptContractMissing() : DeclarationRule(
    "LORA2022",
    "The model does not implement the interface for virtual tokens",
    "{0} needs a model that implements {1}, but {2} does not; implement it, and call VirtualTokens.Prepend in the forward that has the embeddings",
    DiagnosticSeverity.Error)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Model is { } model
            && declaration.Method.Defaults is VirtualTokenMethod method
            && TorchTypes.IsModule(model)
            && KnownBases.Of(model)
            && !model.AllInterfaces.Any(contract => contract.Name == method.Contract && contract.ContainingNamespace is { Name: "LoraGen" }))
        {
            report.At(declaration.Syntax.GetLocation(), method.Label, method.Contract, model.Name);
        }
    }
}
