using LoraGen.Analyzers.Rules;

namespace LoraGen.Analyzers;

/// <summary>The list of all rules.</summary>
internal static class AllRules
{
    /// <summary>Rules about an adapter attribute and the model that it adapts.</summary>
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
        new BudgetExceeded(),
        new AllowUnreachedInvalid(),
        new ScheduleImpossible(),
        new OptionOutOfRange(),
        new OrthogonalNeedsHalves(),
        new GloraNeedsBias(),
        new GroupsNotDividing(),
        new BiasNotMergeable(),
        new TargetsMissing(),
        new TokensInvalid(),
        new BaseMustBeFloat(),
        new BlockSizeInvalid(),
        new VirtualTokensOutOfRange(),
        new EncoderOptionWithoutEffect(),
        new LoftqNotPossible(),
        new ReductionFactorNotPositive(),
        new ScaleNotPositive(),
        new BlocksNotDividing(),
        new TargetMatchesNothing(),
        new TargetMatchesSomeBlocks(),
        new RegexInTarget(),
        new TargetMatchesDifferentDeclarations(),
        new ExcludeMatchesNothing(),
        new NothingLeftToAdapt(),
        new RankAboveLayer(),
        new AdapterAboveLayer(),
        new RankNotDivisibleByGroups(),
        new TargetKindUnsupported(),
        new TargetIsOpaque(),
        new LayerIndexOutOfRange(),
        new TiedWeights(),
        new BatchNormMoves(),
        new OpaqueModuleNotAdapted(),
        new LayersUnreachable(),
        new LayerUnsupported(),
        new EntryMatchesNoSite(),
        new LinearContractUnfulfilled(),
        new PromptContractMissing(),
        new ModuleTakesOtherInputs(),
        new ForwardNotIntercepted(),
        new ConfigContradictsAttribute(),
        new GeneratorFailed(),
    ];

    /// <summary>Rules about a module class.</summary>
    public static IReadOnlyList<ModuleRule> OfModules { get; } =
    [
        new CheckpointWithoutEffect(),
        new WeightBypassesAdapter(),
        new BareWeight(),
        new QuantizedWeightRead(),
        new RegisterComponentsMissing(),
        new AssignedAfterRegisterComponents(),
        new ModulesInCollection(),
        new ModuleNameTaken(),
        new ReplacedAfterRegistration(),
        new BackingFieldKeys(),
        new AddedAfterRegisterComponents(),
        new CheckpointedState(),
        new HandWrittenBothZero(),
        new HandWrittenWithoutScaling(),
        new HandWrittenScalesBase(),
        new HandWrittenBaseNotFrozen(),
        new HandWrittenProductInForward(),
        new HandWrittenNotRegistered(),
    ];

    /// <summary>Rules about code that uses adapters.</summary>
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
        new GaLoreOverAdapter(),
        new BAdamOverAdaptedModel(),
        new PenaltyForgotten(),
        new RatioBelowOne(),
        new MergedTwice(),
        new UnmergedWithoutMerge(),
        new SavedWhileMerged(),
        new MergedByHand(),
        new LoadedOverAdapter(),
    ];

    /// <summary>Rules about what calls and loops do in TorchSharp, in any code.</summary>
    public static IReadOnlyList<CodeRule> OfCode { get; } =
    [
        new CheckpointInContainer(),
        new BaddbmmRotated(),
        new MaskCoversRow(),
        new GroupNormUninitialized(),
        new VarianceMiscomputed(),
        new LoopWithoutDisposeScope(),
        new ModuleChangedInThread(),
        new GradThroughCheckpoint(),
    ];

    public static IReadOnlyList<Rule> All { get; } =
    [
        .. ((IEnumerable<Rule>)[.. OfDeclarations, .. OfModules, .. OfTraining, .. OfCode]).OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];
}
