using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>
/// Tensors without values of their own, such as the parameters of quantised layers, with the functions that create their values when they are written.
/// </summary>
internal static class DeferredValues
{
    private static readonly ConditionalWeakTable<Tensor, Func<Tensor>> Known = [];

    /// <summary>Registers a tensor.</summary>
    /// <param name="tensor">A tensor of the right shape and type.</param>
    /// <param name="create">Creates a new tensor with the values.</param>
    public static void Set(Tensor tensor, Func<Tensor> create) => Known.AddOrUpdate(tensor, create);

    /// <summary>Returns the values of a tensor, new if they are deferred.</summary>
    public static Tensor Of(Tensor tensor) => Known.TryGetValue(tensor, out var create) ? create() : tensor.detach();

    /// <summary>Returns the transposed tensor, whose values are deferred if the tensor's are.</summary>
    public static Tensor Transposed(Tensor tensor)
    {
        var transposed = tensor.t();
        if (Known.TryGetValue(tensor, out var create))
            Set(transposed, () => create().t());
        return transposed;
    }
}
