namespace TorchSharp;

/// <summary>The managed half of a custom autograd function; mirrors Callbacks in systemtorch.cpp.</summary>
internal readonly unsafe struct NativeCallbacks(
    delegate* unmanaged<IntPtr, IntPtr, IntPtr, int> forward,
    delegate* unmanaged<IntPtr, IntPtr, IntPtr*, int, IntPtr, int> backward,
    delegate* unmanaged<IntPtr, void> release)
{
    public readonly delegate* unmanaged<IntPtr, IntPtr, IntPtr, int> Forward = forward;
    public readonly delegate* unmanaged<IntPtr, IntPtr, IntPtr*, int, IntPtr, int> Backward = backward;
    public readonly delegate* unmanaged<IntPtr, void> Release = release;
}
