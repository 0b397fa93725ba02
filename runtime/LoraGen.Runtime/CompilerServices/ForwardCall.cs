using System.ComponentModel;
using LoraGen.Calls;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>Runs the intercepted calls of layers and models, and the hooks on models. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ForwardCall
{
    /// <summary>
    /// Runs a module's forward with its adapters. It runs no other hooks, like any <c>forward</c> in TorchSharp. A module without adapters behaves as if the
    /// call were not intercepted.
    /// </summary>
    public static Tensor Run(nn.Module<Tensor, Tensor> module, Tensor input)
    {
        if (!ModuleState.TryGet(module, out var state))
            return module.forward(input);
        return CheckpointCall.Applies(module)
            ? CheckpointCall.Run(module, static (block, inputs) => [RunOnce(block, (Tensor)inputs[0]!)], static outputs => outputs[0]!, [input])
            : RunOnce(module, input, state);
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

    /// <summary>Begins a call of an adapted model, in the hook before its forward.</summary>
    public static void BeginInHook(nn.Module model) => ModelCall.BeginInHook(AdaptedModel.Of(model));

    /// <summary>Ends a call of an adapted model, in the hook after its forward.</summary>
    public static void EndInHook(nn.Module model) => ModelCall.EndInHook(AdaptedModel.Of(model));

    private static Tensor RunOnce(nn.Module<Tensor, Tensor> module, Tensor input) => RunOnce(module, input, ModuleState.Of(module));

    private static Tensor RunOnce(nn.Module<Tensor, Tensor> module, Tensor input, ModuleState state)
    {
        if (state.Model is not { } model)
            return RunLayer(module, input, state);

        using var call = ModelCall.Begin(model);
        var output = RunLayer(module, input, state);
        call?.Complete();
        return output;
    }

    private static Tensor RunLayer(nn.Module<Tensor, Tensor> module, Tensor input, ModuleState state)
    {
        if (state.Hook is not { } hook)
            return module.forward(input);

        var pass = hook.Begin(input, out var read);
        return hook.End(pass, read, hook.Forward(read));
    }
}
