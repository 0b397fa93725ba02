using System.ComponentModel;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>Where intercepted calls of layers and models arrive, and the hooks of models. Not for direct use.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ForwardCall
{
    /// <summary>
    /// The module's forward with what its adapters add. As everywhere in TorchSharp, <c>forward</c> runs none of the user's own hooks, and a module
    /// without adapters behaves as if the call had not been intercepted.
    /// </summary>
    public static Tensor Run(nn.Module<Tensor, Tensor> module, Tensor input)
    {
        if (!ModuleState.TryGet(module, out var state))
            return module.forward(input);
        if (state.Model is not { } model)
            return RunLayer(module, input, state);

        using var call = ModelCall.Begin(model);
        var output = RunLayer(module, input, state);
        call?.Complete();
        return output;
    }

    /// <summary>Runs a call of a model that has an adapter attribute.</summary>
    /// <param name="model">The model.</param>
    /// <param name="call">The call.</param>
    /// <exception cref="InvalidOperationException">A site of an adapter was not reached.</exception>
    public static TResult RunModel<TResult>(nn.Module model, Func<TResult> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        using var running = ModelCall.Begin(AdaptedModel.Of(model));
        var output = call();
        running?.Complete();
        return output;
    }

    /// <summary>For the hook before a forward of an adapted model.</summary>
    public static void BeginInHook(nn.Module model) => ModelCall.BeginInHook(AdaptedModel.Of(model));

    /// <summary>For the hook after a forward of an adapted model.</summary>
    public static void EndInHook(nn.Module model) => ModelCall.EndInHook(AdaptedModel.Of(model));

    private static Tensor RunLayer(nn.Module<Tensor, Tensor> module, Tensor input, ModuleState state)
    {
        if (state.Hook is not { } hook)
            return module.forward(input);

        var pass = hook.Begin(input, out var read);
        return hook.End(pass, read, module.forward(read));
    }
}
