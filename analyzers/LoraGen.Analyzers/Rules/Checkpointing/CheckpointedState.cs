using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class CheckpointedState() : ModuleRule(
    "LORA4020",
    "A checkpointed block keeps state",
    "A checkpointed block runs twice in each step: {0} is changed by both runs; {1}",
    DiagnosticSeverity.Warning)
{
    private const string ByNorm = "use a norm without running statistics (LayerNorm, GroupNorm), or leave the block out of the checkpoints";
    private const string ByForward = "return the value from the block, or change it where the block is called";

    public override void Check(ModuleClass module, Report report)
    {
        if (CheckpointFacts.Of(module.Type) is not null)
        {
            CheckNorms(module.Fields, field => (field.AssociatedSymbol ?? field).Locations[0], report);
            CheckForward(module, report);
        }

        foreach (var field in module.Fields.Where(
            field => CheckpointFacts.Of(field.AssociatedSymbol ?? field) is not null || CheckpointFacts.Of(field) is not null))
        {
            var block = TorchTypes.IsModuleList(field.Type) ? ((INamedTypeSymbol)field.Type).TypeArguments[0] : field.Type;
            if (CheckpointFacts.Of(block) is null)
                CheckNorms(block.GetMembers().OfType<IFieldSymbol>(), _ => (field.AssociatedSymbol ?? field).Locations[0], report);
        }
    }

    private static void CheckNorms(IEnumerable<IFieldSymbol> fields, Func<IFieldSymbol, Location> place, Report report)
    {
        foreach (var norm in fields.Where(field => field.Type.Name.StartsWith("BatchNorm", StringComparison.Ordinal) && TorchTypes.IsBuiltIn(field.Type)))
            report.At(place(norm), $"the running mean of {(norm.AssociatedSymbol ?? norm).Name}", ByNorm);
    }

    private static void CheckForward(ModuleClass module, Report report)
    {
        foreach (var operation in module.Methods.Where(body => body.Owner.Name == "forward").SelectMany(body => body.Operations))
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation increment => increment.Target,
                _ => null,
            };
            if (target is IMemberReferenceOperation { Instance: IInstanceReferenceOperation, Member: var member })
                report.At(operation.Syntax.GetLocation(), member.Name, ByForward);
        }
    }
}
