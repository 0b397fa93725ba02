using LoraGen.Analyzers.Rules;

namespace LoraGen.Analyzers;

/// <summary>The one list of rules.</summary>
internal static class AllRules
{
    /// <summary>About an adapter attribute and the model that it adapts.</summary>
    public static IReadOnlyList<DeclarationRule> OfDeclarations { get; } =
    [
        new RankNotPositive(),
        new AlphaNotPositive(),
        new ScalingUnusual(),
        new AlphaMeantForPlainScaling(),
        new DropoutOutOfRange(),
        new BothMatricesZero(),
        new NeitherMatrixZero(),
        new AdapterNameInvalid(),
        new AdapterNameTaken(),
        new AdapterTypeNameTaken(),
        new NestedModelAdapted(),
        new OptionWithoutEffect(),
        new ReparametrizeWithDropout(),
        new AttributeWithoutEffect(),
        new ModelNotAdaptable(),
        new GeneratorFailed(),
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
    ];

    public static IReadOnlyList<Rule> All { get; } = [.. ((IEnumerable<Rule>)[.. OfDeclarations, .. OfModules, .. OfTraining]).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
}
