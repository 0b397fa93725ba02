using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Support;

/// <summary>The device that the tests run on: LORAGEN_DEVICE, or the CPU.</summary>
internal static class TestDevice
{
    public static Device Device { get; } = device(Environment.GetEnvironmentVariable("LORAGEN_DEVICE") ?? "cpu");
}
