using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>What is known of a module of an adapted model: one for each module, from the first adapter that concerns it.</summary>
internal sealed class ModuleState
{
    private static readonly ConditionalWeakTable<nn.Module, ModuleState> States = [];

    private AdaptedModel? _model;
    private LayerHook? _hook;

    /// <summary>The module as a model that adapters are attached to; null where none ever was.</summary>
    public AdaptedModel? Model => _model;

    /// <summary>The module as a layer that adapters act on; null where none ever did.</summary>
    public LayerHook? Hook => _hook;

    /// <summary>Which of its parameters required a gradient before it was frozen; null where it is not frozen.</summary>
    public FrozenModule? Frozen { get; set; }

    /// <summary>Its weight and bias before adapters were merged into them; null where none is.</summary>
    public MergedWeight? Merged { get; set; }

    /// <summary>Its weight before a running call set another one; null where none is set.</summary>
    public Reparametrization? Reparametrization { get; set; }

    /// <summary>The adapter whose values each of its tensors holds, by the tensor's name. Tensors with the base model's own values are not listed.</summary>
    public Dictionary<string, string> TrainedBy { get; } = new(StringComparer.Ordinal);

    public static ModuleState Of(nn.Module module) => States.GetOrCreateValue(module);

    public static bool TryGet(nn.Module module, [NotNullWhen(true)] out ModuleState? state) => States.TryGetValue(module, out state);

    public AdaptedModel GetModel(nn.Module module) => LazyInitializer.EnsureInitialized(ref _model, () => new AdaptedModel(module));

    public LayerHook GetHook(BaseLayer layer) => LazyInitializer.EnsureInitialized(ref _hook, () => new LayerHook(layer));
}
