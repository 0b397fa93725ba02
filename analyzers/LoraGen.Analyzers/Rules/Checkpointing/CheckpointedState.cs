using LoraGen.Generator.Reading;
using LoraGen.Targets;
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
        var contents = new MemberContents(module.Sources, module.Compilation.Assembly);
        if (CheckpointFacts.Of(module.Type) is not null)
        {
            foreach (var norm in NormsOf(module.Type, contents))
                ReportNorm(norm.Locations[0], norm.Name, report);
            CheckForward(module, report);
        }

        foreach (var field in module.Fields)
        {
            var member = field.AssociatedSymbol ?? field;
            var block = TorchTypes.IsModuleList(field.Type) ? ((INamedTypeSymbol)field.Type).TypeArguments[0] : field.Type;
            if ((CheckpointFacts.Of(member) ?? CheckpointFacts.Of(field)) is null || CheckpointFacts.Of(block) is not null)
                continue;
            foreach (var norm in NormsOf(block, contents))
                ReportNorm(member.Locations[0], norm.Name, report);
        }

        if (module.IsAdaptedModel)
            CheckAdapters(module, contents, report);
    }

    // Those that an adapter's attribute names.
    private static void CheckAdapters(ModuleClass module, MemberContents contents, Report report)
    {
        var own = module.Type.OriginalDefinition;
        foreach (var (attribute, model, method) in ProjectAdapters.Of(module.Compilation).Where(each => SymbolEqualityComparer.Default.Equals(each.Model, own)))
        {
            var patterns = AttributeReader.Read(attribute).Checkpoint;
            if (patterns.Count == 0 || attribute.ApplicationSyntaxReference?.GetSyntax() is not { } syntax)
                continue;

            var blocks = new TargetSet([.. patterns], [], []);
            var norms = ModelTree.Of(model, method, module.Compilation, CancellationToken.None).Members
                .Where(member => blocks.MayContainWithin(member.Path) && RunningStatistics.AreIn(member.Type) && contents.AreTracked(member, member.Type));
            if (norms.FirstOrDefault() is { } norm)
                ReportNorm(syntax.GetLocation(), ModelTargets.Shown(norm), report);
        }
    }

    private static IEnumerable<ISymbol> NormsOf(ITypeSymbol block, MemberContents contents)
    {
        return block is not INamedTypeSymbol type ? [] : type.GetMembers().OfType<IFieldSymbol>()
            .Where(field => RunningStatistics.AreIn(field.Type))
            .Select(field => (Symbol: field.AssociatedSymbol ?? field, field.Type))
            .Where(member => contents.AreTracked(member.Symbol, type, isList: false, member.Type))
            .Select(member => member.Symbol);
    }

    private static void ReportNorm(Location place, string norm, Report report) => report.At(place, $"the running mean of {norm}", ByNorm);

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
