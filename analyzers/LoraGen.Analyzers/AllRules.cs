using LoraGen.Analyzers.Rules;

namespace LoraGen.Analyzers;

/// <summary>The one list of rules.</summary>
internal static class AllRules
{
    /// <summary>About an adapter attribute and the model that it adapts.</summary>
    public static IReadOnlyList<DeclarationRule> OfDeclarations { get; } =
    [
        new RankNotPositive(),
        new ForwardNotIntercepted(),
    ];

    /// <summary>About a module class.</summary>
    public static IReadOnlyList<ModuleRule> OfModules { get; } =
    [
        new RegisterComponentsMissing(),
        new AssignedAfterRegisterComponents(),
        new ModulesInCollection(),
        new ModuleNameTaken(),
        new ReplacedAfterRegistration(),
        new BackingFieldKeys(),
        new AddedAfterRegisterComponents(),
        new HandWrittenBothZero(),
        new HandWrittenWithoutScaling(),
        new HandWrittenScalesBase(),
        new HandWrittenBaseNotFrozen(),
        new HandWrittenProductInForward(),
        new HandWrittenNotRegistered(),
    ];

    /// <summary>About code that uses adapters.</summary>
    public static IReadOnlyList<TrainingRule> OfTraining { get; } =
    [
        new OptimizerOverModelParameters(),
    ];

    public static IReadOnlyList<Rule> All { get; } = [.. ((IEnumerable<Rule>)[.. OfDeclarations, .. OfModules, .. OfTraining]).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
}
