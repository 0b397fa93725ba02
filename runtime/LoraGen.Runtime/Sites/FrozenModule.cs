using LoraGen.Calls;
using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>
/// Which of a module's own parameters required a gradient before the first adapter froze it. The flags are stored by name, because moving a model replaces its
/// parameters. They are restored when the last adapter is detached.
/// </summary>
internal sealed class FrozenModule
{
    private readonly Dictionary<string, bool> _requiredGrad = new(StringComparer.Ordinal);

    // Copied on write: a model that is being attached reads it meanwhile.
    private AdaptedModel[] _models = [];

    private FrozenModule(nn.Module module)
    {
        foreach (var (name, parameter) in module.named_parameters(recurse: false))
        {
            _requiredGrad[name] = QuantizedOf(module, name)?.RequiredGrad ?? parameter.requires_grad;
            parameter.requires_grad = false;

            // An optimizer would still apply the gradient of an earlier call.
            parameter.grad = null;
        }
    }

    /// <summary>The models whose adapters froze the module, with an entry for each adapter.</summary>
    public IReadOnlyList<AdaptedModel> Models => _models;

    public static void Freeze(nn.Module module, AdaptedModel model)
    {
        var state = ModuleState.Of(module);
        state.Frozen ??= new FrozenModule(module);
        state.Frozen._models = [.. state.Frozen._models, model];
    }

    public static void Thaw(nn.Module module, AdaptedModel model)
    {
        if (ModuleState.Of(module) is not { Frozen: { } frozen } state || Array.IndexOf(frozen._models, model) is not (>= 0 and var index))
            return;

        frozen._models = [.. frozen._models.Where((_, other) => other != index)];
        if (frozen._models.Length > 0)
            return;

        foreach (var (name, parameter) in module.named_parameters(recurse: false))
        {
            if (!frozen._requiredGrad.TryGetValue(name, out var requiredGrad))
                continue;

            if (QuantizedOf(module, name) is { } quantized)
                quantized.RequiredGrad = requiredGrad;
            else
                parameter.requires_grad = requiredGrad;
        }

        state.Frozen = null;
    }

    private static QuantizedLayer? QuantizedOf(nn.Module module, string name) =>
        name == QuantizedLayer.WeightName ? ModuleState.Of(module).Quantized : null;
}
