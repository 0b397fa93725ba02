using TorchSharp.Modules;

namespace LoraGen;

/// <summary>The trained parameters of an adapter of which only a base class is known.</summary>
public static class AdapterParameters
{
    private const string WayOut = "The method acts on an optimizer's steps, so its adapters have Optimizer(parameters => …) instead of Parameters().";

    /// <inheritdoc cref="IParameterSource.Parameters"/>
    /// <param name="adapter">The adapter.</param>
    /// <exception cref="InvalidOperationException">The method acts on an optimizer's steps, as AdaLoRA does.</exception>
    public static IReadOnlyList<Parameter> Parameters(this AdapterBase adapter)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        return adapter is IOptimizerSource ? throw new InvalidOperationException($"Adapter \"{adapter.Name}\": {WayOut}") : adapter.TrainedParameters();
    }

    /// <summary>An adapter whose method acts on an optimizer's steps has no such member: use <see cref="IOptimizerSource.Optimizer"/>.</summary>
    [Obsolete(WayOut, error: true)]
    public static IReadOnlyList<Parameter> Parameters<TAdapter>(this TAdapter adapter)
        where TAdapter : AdapterBase, IOptimizerSource => throw new InvalidOperationException(WayOut);
}
