using TorchSharp;

namespace LoraGen.Runtime.Tests.Support;

/// <summary>A test that needs two devices.</summary>
internal sealed class OffCpuFactAttribute : FactAttribute
{
    public OffCpuFactAttribute()
    {
        if (TestDevice.Device.type == DeviceType.CPU)
            Skip = "Needs a second device: set LORAGEN_DEVICE.";
    }
}
