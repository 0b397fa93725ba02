using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class NothingLeftToAdapt() : DeclarationRule(
    "LORA2006",
    "No layer is left to adapt",
    "{0} has nothing to adapt: {1}",
    DiagnosticSeverity.Error,
    FixKind.RemoveOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        // LORA2001 reports a target that matches nothing, LORA1026 that there is none.
        if (declaration.Targets is not { } targets
            || declaration is { Method.Defaults.RequiredChoice: not null, TargetEntries.Count: 0 }
            || targets.Adapted.Any()
            || (targets.Layers.Count > 0 && declaration.TargetEntries.Any(entry => MatchesNothing(entry.Text, targets)))
            || targets.MayHoldMore)
        {
            return;
        }

        var choice = Choice(declaration, targets);
        var canRemove = choice.Count > 0 && declaration.Options.Sets("Exclude");
        var fix = canRemove ? FixHint.RemoveOption("Exclude") : null;
        report.At(declaration.LocationOf("Exclude"), fix, declaration.Model!.Name, Why(declaration, targets, choice));
    }

    private static bool MatchesNothing(string target, ModelTargets targets) => !targets.MatchesLayer(target) || targets.OfOtherKind(target) is not null;

    // A layer of unknown kind may be of any.
    private static IReadOnlyList<ModelMember> Choice(AdapterDeclaration declaration, ModelTargets targets)
    {
        return [.. targets.Layers.Where(layer => targets.MayBe(targets.KindOf(layer)))];
    }

    private static string Why(AdapterDeclaration declaration, ModelTargets targets, IReadOnlyList<ModelMember> choice)
    {
        if (declaration.Options.Sets("Layers") && choice.Count > 0)
            return "no targeted layer is in a ModuleList, and Layers only selects among those; remove Layers";
        if (choice.Count > 0)
            return $"{(choice.Count == 1 ? "its one layer is" : $"all its {choice.Count} layers are")} excluded; exclude fewer layers";
        if (targets.Layers.Count > 0 && declaration.Options.Sets("Kinds"))
            return "it has no layer of the kinds in Kinds; name others there";
        if (targets.Layers.Count > 0)
            return "without Targets every Linear is adapted, and it has none; name its layers in Targets";
        return targets.Ignored.Any(member => member.IsLayer)
            ? "every layer has [LoraIgnore]; remove it from some"
            : "it has no Linear layer; remove the attribute, or declare its layers";
    }
}
