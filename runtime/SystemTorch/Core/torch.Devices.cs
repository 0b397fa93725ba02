namespace TorchSharp;

public static partial class torch
{
    public static string __version__ => System.Runtime.InteropServices.Marshal.PtrToStringUTF8(Native.st_version())!;

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType switch
    {
        DeviceType.CUDA => Native.st_device_count((int)DeviceType.CUDA) > 0,
        DeviceType.MPS => false,
        _ => true,
    };

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (deviceType == DeviceType.MPS)
        {
            throw new InvalidOperationException("Torch device type 'MPS' is not available on this platform.");
        }

        if (!TryInitializeDeviceType(deviceType))
        {
            throw new InvalidOperationException(
                $"Torch device type {deviceType} did not initialise on the current machine: libtorch {__version__} sees no such device. " +
                "It needs a libtorch that was built for it (set LIBTORCH to its folder and build again), a device and its driver.");
        }
    }

    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        if (device.type != DeviceType.CPU)
        {
            InitializeDeviceType(device.type);
        }

        return device;
    }

    public static bool cuda_is_available() => cuda.is_available();

    public static bool mps_is_available() => false;

    public static void CheckForErrors() => NativeError.ThrowIfAny();

    public static partial class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static bool is_cudnn_available() => is_available() && Native.st_has_cudnn() != 0;

        public static int device_count() => Native.st_device_count((int)DeviceType.CUDA);

        public static void manual_seed(long seed) => Seed(-1, seed);

        public static void manual_seed_all(long seed)
        {
            for (var i = 0; i < device_count(); i++)
            {
                Seed(i, seed);
            }
        }

        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(DeviceType.CUDA);
            NativeError.Check(Native.st_synchronize(device?.index ?? -1));
        }

        private static void Seed(int index, long seed)
        {
            if (is_available())
            {
                using var generator = Generator.DefaultOf(new Device(DeviceType.CUDA, index));
                generator.manual_seed(seed);
            }
        }
    }
}
