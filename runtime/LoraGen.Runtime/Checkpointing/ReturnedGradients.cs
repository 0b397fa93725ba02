using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// The gradients that a node has returned. libtorch takes them over after the node, so they can only be freed later: by the next node, or when the pass has
/// ended. Otherwise they would stay until the caller's dispose scope ends.
/// </summary>
internal static class ReturnedGradients
{
    [ThreadStatic]
    private static List<Tensor>? s_returned;

    public static List<Tensor> Keep(IReadOnlyList<Tensor?> gradients)
    {
        s_returned ??= [];
        s_returned.AddRange(gradients.OfType<Tensor>().Select(gradient => gradient.DetachFromDisposeScope()));
        return [.. gradients.Select(gradient => gradient!)];
    }

    public static void Free()
    {
        s_returned?.ForEach(static gradient => gradient.Dispose());
        s_returned?.Clear();
    }
}
