namespace TorchSharp;

internal static class SeenTensors
{
    /// <summary>Whether a tensor is alive and its handle was not met before.</summary>
    public static bool IsNew(this HashSet<IntPtr> seen, torch.Tensor tensor) => !tensor.IsInvalid && seen.Add(tensor.Handle);
}
