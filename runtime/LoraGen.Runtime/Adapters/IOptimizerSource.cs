using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// An adapter whose method acts before or after the steps of its optimizer. It creates the optimizer itself, instead of returning its parameters.
/// </summary>
public interface IOptimizerSource
{
    /// <summary>
    /// Creates the adapter's optimizer: <c>lora.Optimizer(parameters => optim.AdamW(parameters, lr: 2e-4))</c>. Its <c>step()</c> runs the method's stages
    /// around the step of the given one. An adapter has one optimizer: a new one starts with step 0, and the former can't be used any more. Create it after
    /// moving the adapter.
    /// </summary>
    /// <param name="create">Creates any optimizer of TorchSharp over the trained parameters.</param>
    /// <exception cref="InvalidOperationException">The adapter is detached.</exception>
    AdapterOptimizer Optimizer(Func<IReadOnlyList<Parameter>, optim.Optimizer> create);
}
