namespace TorchSharp;

/// <summary>Sets the inference mode of the thread until it is disposed, on the same thread: there is no finalizer, which would run on another.</summary>
internal sealed class InferenceMode(bool enabled) : IDisposable
{
    private IntPtr guard = Native.st_enter_inference_mode(enabled ? 1 : 0);

    public void Dispose()
    {
        var left = Interlocked.Exchange(ref guard, IntPtr.Zero);
        if (left != IntPtr.Zero)
        {
            Native.st_leave_inference_mode(left);
        }
    }
}
