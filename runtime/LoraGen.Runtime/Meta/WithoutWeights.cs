namespace LoraGen;

/// <summary>
/// While it is not disposed, intercepted calls of layer factories on this thread make layers whose weights are META tensors: shapes without memory.
/// </summary>
internal sealed class WithoutWeights : IDisposable
{
    [ThreadStatic]
    private static int _nesting;

    public WithoutWeights() => _nesting++;

    /// <summary>Whether one is not disposed on this thread.</summary>
    public static bool IsOn => _nesting > 0;

    public void Dispose() => _nesting--;
}
