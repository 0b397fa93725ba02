using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Torch;

/// <summary>The device that is measured: LORAGEN_DEVICE, or the CPU.</summary>
internal static class BenchmarkDevice
{
    public static Device Device { get; } = device(Environment.GetEnvironmentVariable("LORAGEN_DEVICE") ?? "cpu");

    /// <summary>Waits until the device has done what it was given.</summary>
    public static void Finish()
    {
        if (Device.type == TorchSharp.DeviceType.CUDA)
            cuda.synchronize(Device);
    }
}
