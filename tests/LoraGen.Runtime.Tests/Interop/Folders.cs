using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Interop;

/// <summary>The models and adapters whose folders are tested.</summary>
internal static class Folders
{
    static Folders()
    {
        Add(() => new InteropKinds(), model => model.AttachPlainLora(), "InteropKinds PlainLora");
        Add(() => new InteropKinds(), model => model.AttachAllBiasesLora(), "InteropKinds AllBiasesLora");
        Add(() => new InteropKinds(), model => model.AttachOwnBiasesLora(), "InteropKinds OwnBiasesLora");
        Add(() => new InteropKinds(), model => model.AttachStabilizedLora(), "InteropKinds StabilizedLora");
        Add(() => new InteropKinds(), model => model.AttachGaussianLora(), "InteropKinds GaussianLora");
        Add(() => new InteropKinds(), model => model.AttachRanksLora(), "InteropKinds RanksLora");
        Add(() => new InteropKinds(), model => model.AttachExcludedLora(), "InteropKinds ExcludedLora");
        Add(() => new InteropKinds(), model => model.AttachFirstLora(), "InteropKinds FirstLora");
        Add(() => new InteropKinds(), model => model.AttachLinearLora(), "InteropKinds LinearLora");
        Add(() => new InteropKinds(), model => model.AttachEmbeddingLora(), "InteropKinds EmbeddingLora");
        Add(() => new InteropKinds(), model => model.AttachOneLora(), "InteropKinds OneLora");
        Add(() => new InteropKinds(), model => model.AttachTwoLora(), "InteropKinds TwoLora");
        Add(() => new InteropKinds(), model => model.AttachThreeLora(), "InteropKinds ThreeLora");
        Add(() => new InteropKinds(), model => model.AttachGroupedLora(), "InteropKinds GroupedLora");
        Add(() => new InteropKinds(), model => model.AttachLookedUpLora(), "InteropKinds LookedUpLora");
        Add(() => new InteropKinds(), model => model.AttachConvolvedLora(), "InteropKinds ConvolvedLora");
        Add(() => new InteropKinds(), model => model.AttachPlainDora(), "InteropKinds PlainDora");
        Add(() => new InteropKinds(), model => model.AttachAllBiasesDora(), "InteropKinds AllBiasesDora");
        Add(() => new InteropKinds(), model => model.AttachOwnBiasesDora(), "InteropKinds OwnBiasesDora");
        Add(() => new InteropKinds(), model => model.AttachStabilizedDora(), "InteropKinds StabilizedDora");
        Add(() => new InteropKinds(), model => model.AttachRanksDora(), "InteropKinds RanksDora");
        Add(() => new InteropKinds(), model => model.AttachFirstDora(), "InteropKinds FirstDora");
        Add(() => new InteropKinds(), model => model.AttachLinearDora(), "InteropKinds LinearDora");
        Add(() => new InteropKinds(), model => model.AttachEmbeddingDora(), "InteropKinds EmbeddingDora");
        Add(() => new InteropKinds(), model => model.AttachOneDora(), "InteropKinds OneDora");
        Add(() => new InteropKinds(), model => model.AttachTwoDora(), "InteropKinds TwoDora");
        Add(() => new InteropKinds(), model => model.AttachThreeDora(), "InteropKinds ThreeDora");
        Add(() => new InteropKinds(), model => model.AttachPlainIa3(), "InteropKinds PlainIa3");
        Add(() => new InteropKinds(), model => model.AttachAllBiasesIa3(), "InteropKinds AllBiasesIa3");
        Add(() => new InteropKinds(), model => model.AttachOwnBiasesIa3(), "InteropKinds OwnBiasesIa3");
        Add(() => new InteropKinds(), model => model.AttachFirstIa3(), "InteropKinds FirstIa3");
        Add(() => new InteropKinds(), model => model.AttachExcludedIa3(), "InteropKinds ExcludedIa3");
        Add(() => new InteropKinds(), model => model.AttachTwoIa3(), "InteropKinds TwoIa3");
        Add(() => new InteropKinds(), model => model.AttachThreeIa3(), "InteropKinds ThreeIa3");
        Add(() => new InteropKinds(), model => model.AttachLinearPissa(), "InteropKinds LinearPissa");
        Add(() => new InteropKinds(), model => model.AttachResidualPissa(), "InteropKinds ResidualPissa");
        Add(() => new InteropKinds(), model => model.AttachFirstPissa(), "InteropKinds FirstPissa");
        Add(() => new InteropKinds(), model => model.AttachStabilizedPissa(), "InteropKinds StabilizedPissa");
        Add(() => new InteropKinds(), model => model.AttachLinearOlora(), "InteropKinds LinearOlora");
        Add(() => new InteropKinds(), model => model.AttachResidualOlora(), "InteropKinds ResidualOlora");
        Add(() => new InteropKinds(), model => model.AttachStabilizedOlora(), "InteropKinds StabilizedOlora");
        Add(() => new InteropKinds(), model => model.AttachOrthogonalLora(), "InteropKinds OrthogonalLora");
        Add(() => new InteropKinds(), model => model.AttachConvolvedOrthogonalLora(), "InteropKinds ConvolvedOrthogonalLora");
        Add(() => new InteropKinds(), model => model.AttachAllBiasedBLora(), "InteropKinds AllBiasedBLora");
        Add(() => new InteropKinds(), model => model.AttachConvolvedBiasedBLora(), "InteropKinds ConvolvedBiasedBLora");
        Add(() => new InteropKinds(), model => model.AttachPartlyBiasedLora(), "InteropKinds PartlyBiasedLora");
        Add(() => new InteropKinds(), model => model.AttachPlainGlora(), "InteropKinds PlainGlora");
        Add(() => new InteropKinds(), model => model.AttachVectorGlora(), "InteropKinds VectorGlora");
        Add(() => new InteropKinds(), model => model.AttachConstantGlora(), "InteropKinds ConstantGlora");
        Add(() => new InteropKinds(), model => model.AttachBiasGlora(), "InteropKinds BiasGlora");
        Add(() => new InteropKinds(), model => model.AttachPlainOft(), "InteropKinds PlainOft");
        Add(() => new InteropKinds(), model => model.AttachCountedOft(), "InteropKinds CountedOft");
        Add(() => new InteropKinds(), model => model.AttachSizesOft(), "InteropKinds SizesOft");
        Add(() => new InteropKinds(), model => model.AttachPlainVelora(), "InteropKinds PlainVelora");
        Add(() => new InteropKinds(), model => model.AttachRandomVelora(), "InteropKinds RandomVelora");
        Add(() => new InteropKinds(), model => model.AttachPlainVera(), "InteropKinds PlainVera");
        Add(() => new InteropKinds(), model => model.AttachDrawnVera(), "InteropKinds DrawnVera");
        Add(() => new InteropKinds(), model => model.AttachLinearAdaLora(), "InteropKinds LinearAdaLora");
        Add(() => new InteropKinds(), Pruned, "InteropKinds LinearAdaLora with fewer ranks");
        Add(() => new InteropKinds(), model => model.AttachTwoAdaLora(), "InteropKinds TwoAdaLora");
        Add(() => new InteropKinds(), model => model.AttachLinearLoraFa(), "InteropKinds LinearLoraFa");
        Add(() => new InteropKinds(), model => model.AttachConvolvedLoraFa(), "InteropKinds ConvolvedLoraFa");
        Add(() => new Toy(), model => model.AttachLayerNormTuning(), "Toy LayerNormTuning");
        Add(() => new Mixed(), model => model.AttachLayerNormTuning(), "Mixed LayerNormTuning");
        Add(() => new Mixed(), model => model.AttachLastLayerNormTuning(), "Mixed LastLayerNormTuning");
        Add(() => new Mixed(), model => model.AttachTrainableTokens(), "Mixed TrainableTokens");
        Add(() => new HeldRoot(), model => model.AttachLora(), "HeldRoot Lora");
        Add(() => new HeldRoot(), model => model.AttachBiasedLora(), "HeldRoot BiasedLora");
        Add(() => new HeldRoot(), model => model.AttachDoraDora(), "HeldRoot DoraDora");
        Add(() => new HeldRoot(), model => model.AttachScaledIa3(), "HeldRoot ScaledIa3");
        Add(() => new HeldHead(), model => model.AttachLora(), "HeldHead Lora");
        Add(() => new HeldHead(), model => model.AttachBiasedLora(), "HeldHead BiasedLora");
        Add(() => new HeldHead(), model => model.AttachScaledIa3(), "HeldHead ScaledIa3");
        Add(() => new HeldGate(), model => model.AttachLora(), "HeldGate Lora");
        Add(() => new HeldGate(), model => model.AttachBiasedLora(), "HeldGate BiasedLora");
        Add(() => new HeldGate(), model => model.AttachDoraDora(), "HeldGate DoraDora");
        Add(() => new HeldLists(TestDevice.Device), model => model.AttachLora(), "HeldLists Lora");
        Add(() => new HeldLists(TestDevice.Device), model => model.AttachBiasedLora(), "HeldLists BiasedLora");
        Add(() => new HeldLists(TestDevice.Device), model => model.AttachScaledIa3(), "HeldLists ScaledIa3");
        Add(() => new HeldBlocks(), model => model.AttachLora(), "HeldBlocks Lora");
        Add(() => new HeldBlocks(), model => model.AttachBiasedLora(), "HeldBlocks BiasedLora");
        Add(() => new HeldBlocks(), model => model.AttachDoraDora(), "HeldBlocks DoraDora");
        Add(() => new HeldInternals(), model => model.AttachLora(), "HeldInternals Lora");
        Add(() => new HeldInternals(), model => model.AttachScaledIa3(), "HeldInternals ScaledIa3");
        Add(() => new HeldTwice(), model => model.AttachLora(), "HeldTwice Lora");
        Add(() => new TargetedRoot(), model => model.AttachLora(), "TargetedRoot Lora");
        Add(() => new TargetedRoot(), model => model.AttachBothLora(), "TargetedRoot BothLora");
        Add(() => new TargetedRoot(), model => model.AttachRanksLora(), "TargetedRoot RanksLora");
        Add(() => new TargetedRoot(), model => model.AttachDoraDora(), "TargetedRoot DoraDora");
        Add(() => new TargetedRoot(), model => model.AttachScaledIa3(), "TargetedRoot ScaledIa3");
        Add(() => new TargetedRoot(), model => model.AttachFedIa3(), "TargetedRoot FedIa3");
        Add(() => new TargetedRoot(), model => model.AttachFedByOneIa3(), "TargetedRoot FedByOneIa3");
        Add(() => new OneLayerTwice(), model => model.AttachLora(), "OneLayerTwice Lora");
        Add(() => new OneWeightTwice(), model => model.AttachLora(), "OneWeightTwice Lora");
        Add(() => new OneWeightTwice(), model => model.AttachSecondOnlyLora(), "OneWeightTwice SecondOnlyLora");
        Add(() => new TiedBlocks(), model => model.AttachLora(), "TiedBlocks Lora");
        Add(() => new TiedHead(), model => model.AttachBothLora(), "TiedHead BothLora");
        Add(() => new TrainedTied(), model => model.AttachLora(), "TrainedTied Lora");
        Add(() => new Overridden(), model => model.AttachLora(), "Overridden Lora");
        Add(() => new Overridden(), model => model.AttachWideLora(), "Overridden WideLora");
        Add(() => new NewHead(), model => model.AttachLora(), "NewHead Lora");
    }

    /// <summary>Creating the model, and attaching the adapter, by name.</summary>
    public static Dictionary<string, (Func<nn.Module> Create, Func<nn.Module, Adapter> Attach)> All { get; } = new(StringComparer.Ordinal);

    private static InteropKindsLinearAdaLora Pruned(InteropKinds model)
    {
        var lora = model.AttachLinearAdaLora();
        ((AdaLoraSite)lora["fc"]).Keep([true, false, true]);
        return lora;
    }

    // TorchSharp can't move a ModuleDict.
    private static void Add<TModel>(Func<TModel> create, Func<TModel, Adapter> attach, string name)
        where TModel : nn.Module
    {
        All.Add(name, (() => typeof(TModel) == typeof(HeldLists) ? create() : Make.Model(create), model => attach((TModel)model)));
    }
}
