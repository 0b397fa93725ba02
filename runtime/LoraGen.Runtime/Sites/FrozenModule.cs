using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// Which of a module's own parameters required a gradient before the first adapter froze it. Kept by name, since moving a model replaces its
/// parameters; the last adapter to leave restores the flags.
/// </summary>
internal sealed class FrozenModule
{
    private static readonly ConditionalWeakTable<nn.Module, FrozenModule> Frozen = [];

    private readonly Dictionary<string, bool> _requiredGrad = new(StringComparer.Ordinal);
    private int _holders;

    public static void Freeze(nn.Module module)
    {
        var frozen = Frozen.GetOrCreateValue(module);
        if (frozen._holders++ > 0)
            return;

        foreach (var (name, parameter) in module.named_parameters(recurse: false))
        {
            frozen._requiredGrad[name] = parameter.requires_grad;
            parameter.requires_grad = false;
        }
    }

    public static void Thaw(nn.Module module)
    {
        if (!Frozen.TryGetValue(module, out var frozen) || --frozen._holders > 0)
            return;

        foreach (var (name, parameter) in module.named_parameters(recurse: false))
        {
            if (frozen._requiredGrad.TryGetValue(name, out var requiredGrad))
                parameter.requires_grad = requiredGrad;
        }

        Frozen.Remove(module);
    }
}
