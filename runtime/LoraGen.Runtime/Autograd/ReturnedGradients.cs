using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// The gradients that a node of LoraGen has returned. libtorch takes them over after the node, so they can only be freed later: by the next such node on the
/// thread, or by <c>CheckpointCall</c> when a pass on its thread has ended. Otherwise they would stay until the caller's dispose scope ends, and libtorch
/// would add further gradients into new tensors instead of into them.
/// </summary>
internal static class ReturnedGradients
{
    [ThreadStatic]
    private static List<Tensor>? s_returned;

    /// <summary>Returns the gradients for TorchSharp, and frees them when the next node begins.</summary>
    public static List<Tensor> Keep(params IReadOnlyList<Tensor?> gradients)
    {
        s_returned ??= [];
        s_returned.AddRange(gradients.OfType<Tensor>());
        return [.. gradients.Select(gradient => gradient!)];
    }

    /// <summary>Frees what earlier nodes on this thread have returned.</summary>
    public static void Free()
    {
        s_returned?.ForEach(static gradient => gradient.Dispose());
        s_returned?.Clear();
    }
}
