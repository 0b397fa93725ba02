using LoraGen.Analyzers.Rules;

namespace LoraGen.Analyzers;

/// <summary>The one list of rules.</summary>
internal static class AllRules
{
    /// <summary>About an adapter attribute and the model that it adapts.</summary>
    public static IReadOnlyList<DeclarationRule> OfDeclarations { get; } =
    [
        new RankNotPositive(),
        new ConfigContradictsAttribute(),
    ];

    /// <summary>About a module class.</summary>
    public static IReadOnlyList<ModuleRule> OfModules { get; } =
    [
        new RegisterComponentsMissing(),
    ];

    /// <summary>About code that uses adapters.</summary>
    public static IReadOnlyList<TrainingRule> OfTraining { get; } =
    [
        new OptimizerOverModelParameters(),
        new OptimizerBeforeAttach(),
        new OptimizerBeforeMove(),
        new OptimizerOverGoneAdapter(),
        new BaseUnfrozen(),
        new TrainingWithoutGrad(),
        new BackwardWhileMerged(),
        new EvalNotCalled(),
        new AdapterUsedAfterEnd(),
        new AdapterNotDisposed(),
        new AdapterDropped(),
        new AttachedTwice(),
        new MergedTwice(),
        new UnmergedWithoutMerge(),
        new SavedWhileMerged(),
        new MergedByHand(),
    ];

    public static IReadOnlyList<Rule> All { get; } = [.. ((IEnumerable<Rule>)[.. OfDeclarations, .. OfModules, .. OfTraining]).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
}
