using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using LoraGen.Calls;
using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>The state of a module of an adapted model. It is created by the first adapter that concerns the module, and unique per module.</summary>
internal sealed class ModuleState
{
    private static readonly ConditionalWeakTable<nn.Module, ModuleState> States = [];

    private AdaptedModel? _model;
    private LayerHook? _hook;

    /// <summary>The module as a model with adapters; null if it never had an adapter.</summary>
    public AdaptedModel? Model => _model;

    /// <summary>The module as an adapted layer; null if no adapter ever acted on it.</summary>
    public LayerHook? Hook => _hook;

    /// <summary>Which of the module's parameters required a gradient before it was frozen; null if it is not frozen.</summary>
    public FrozenModule? Frozen { get; set; }

    /// <summary>The weight and bias before adapters were merged into them; null if none is merged.</summary>
    public MergedWeight? Merged { get; set; }

    /// <summary>The weight before a running call replaced it; null if none has replaced it.</summary>
    public Reparametrization? Reparametrization { get; set; }

    /// <summary>The layer's quantised weight; null if its weight is not quantised.</summary>
    public QuantizedLayer? Quantized { get; set; }

    /// <summary>The checkpoints of the module as a block, in the order of adding them.</summary>
    public BlockCheckpoint[] Checkpoints { get; set; } = [];

    /// <summary>The adapter whose values a tensor of the module holds, by the tensor's name. Tensors with the base model's own values are not listed.</summary>
    public Dictionary<string, string> TrainedBy { get; } = new(StringComparer.Ordinal);

    public static ModuleState Of(nn.Module module) => States.GetOrCreateValue(module);

    public static bool TryGet(nn.Module module, [NotNullWhen(true)] out ModuleState? state) => States.TryGetValue(module, out state);

    public AdaptedModel GetModel(nn.Module module) => LazyInitializer.EnsureInitialized(ref _model, () => new AdaptedModel(module));

    public LayerHook GetHook(BaseLayer layer) => LazyInitializer.EnsureInitialized(ref _hook, () => new LayerHook(layer, this));
}
