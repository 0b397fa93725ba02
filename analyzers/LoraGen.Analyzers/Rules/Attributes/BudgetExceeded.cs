using System.Globalization;
using LoraGen.Generator.Graph;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class BudgetExceeded() : DeclarationRule(
    "LORA1016",
    "An adapter has more parameters than its budget",
    "The adapter has {0} trainable parameters, but MaxTrainableParameters is {1}; {2}target fewer layers, or raise the budget",
    DiagnosticSeverity.Error,
    FixKind.SetOption)
{
    private const string Option = "MaxTrainableParameters";

    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var budget = declaration.Options.Get(Option, 0L);
        if (budget <= 0 || declaration.Targets is not { } targets || !IsCounted(declaration.Options.Method) || Count(declaration, targets) is not { } count)
            return;
        if (count <= budget)
            return;

        var rank = declaration.Options.Method is LowRankMethod ? "lower the rank, " : string.Empty;
        report.At(declaration.LocationOf(Option), FixHint.SetOption(Option, count.ToString(CultureInfo.InvariantCulture)), count, budget, rank);
    }

    // An option that names layers by their paths may change what each of them has.
    private static bool IsCounted(AdapterMethod? method)
    {
        return method is not null && !method.AllFaults().Any() && method.PathOptions.All(option => option.Patterns.Count == 0);
    }

    // Null if it depends on anything that isn't known at compile time.
    private static long? Count(AdapterDeclaration declaration, ModelTargets targets)
    {
        var count = 0L;
        foreach (var layer in targets.Adapted)
        {
            if (targets.Of(layer) != Targeted.Yes
                || targets.IsOverridden(layer, "Rank")
                || declaration.Contents.SizeOf(layer) is not { } size
                || Copies(layer, declaration) is not { } copies)
            {
                return null;
            }

            count += copies * declaration.Options.Method!.Parameters(size).Where(spec => spec.Trains).Sum(spec => spec.Elements);
        }

        return targets.MayHoldMore || declaration.Tree!.Classes.Any(type => declaration.Contents.TiedIn((INamedTypeSymbol)type).Any()) ? null : count;
    }

    // Every module that contains it must be created whatever the constructor's arguments are.
    private static long? Copies(ModelMember layer, AdapterDeclaration declaration)
    {
        long? copies = 1;
        foreach (var member in declaration.Tree!.Members)
        {
            if (member.Path != layer.Path && !layer.Path.StartsWith(member.Path + ".", StringComparison.Ordinal))
                continue;
            if (!declaration.Contents.IsAlwaysMade(member))
                return null;
            if (member.IsInList)
                copies *= declaration.Contents.CountOf(member);
        }

        return copies;
    }
}
