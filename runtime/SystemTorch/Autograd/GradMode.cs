namespace TorchSharp;

/// <summary>Sets the gradient mode of the thread until it is disposed.</summary>
internal sealed class GradMode : IDisposable
{
    private readonly bool before = torch.is_grad_enabled();

    internal GradMode(bool enabled) => Native.st_set_grad_mode(enabled ? 1 : 0);

    public void Dispose() => Native.st_set_grad_mode(before ? 1 : 0);
}
