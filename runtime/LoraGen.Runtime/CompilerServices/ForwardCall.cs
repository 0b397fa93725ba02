using System.ComponentModel;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>Where intercepted <c>.forward(x)</c> calls arrive. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ForwardCall
{
    /// <summary>
    /// The module's forward with what its adapters add. As everywhere in TorchSharp, <c>forward</c> runs none of the user's own hooks, and a module
    /// without adapters behaves as if the call had not been intercepted.
    /// </summary>
    public static Tensor Run(nn.Module<Tensor, Tensor> module, Tensor input)
    {
        AdaptedModel.BeginCall(module);
        var output = LayerHook.TryGet(module, out var hook) ? Hooked(module, input, hook) : module.forward(input);
        AdaptedModel.EndCall(module);
        return output;
    }

    /// <summary>For the beginning of an intercepted forward of an adapted model, which it passes on.</summary>
    public static TModel Begin<TModel>(TModel model)
        where TModel : nn.Module
    {
        AdaptedModel.BeginCall(model);
        return model;
    }

    /// <summary>For the end of an intercepted forward of an adapted model: passes the output on.</summary>
    public static TResult End<TResult>(nn.Module model, TResult output)
    {
        AdaptedModel.EndCall(model);
        return output;
    }

    private static Tensor Hooked(nn.Module<Tensor, Tensor> module, Tensor input, LayerHook hook)
    {
        var read = hook.Before(input);
        return hook.After(read, module.forward(read));
    }
}
