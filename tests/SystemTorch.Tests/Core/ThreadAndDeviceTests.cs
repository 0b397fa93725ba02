using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

public sealed class ThreadAndDeviceTests
{
    [Fact]
    public void The_number_of_threads_can_be_set()
    {
        var before = get_num_threads();
        set_num_threads(2);
        Assert.Equal(2, get_num_threads());
        set_num_threads(before);
        Assert.True(get_num_interop_threads() > 0);
    }

    [Fact]
    public void Tensors_may_be_used_and_freed_on_any_thread()
    {
        using var shared = ones(100);
        Collect();
        var before = Native.st_live_handles();
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 200; i++)
            {
                using var sum = (shared + i).sum();
                Assert.Equal(100 + (100 * i), sum.item<float>());
            }

            Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => shared.view(7));
        });
        Collect();
        Assert.Equal(before, Native.st_live_handles());
    }

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [Fact]
    public void Devices_are_named()
    {
        Assert.Equal("cpu", CPU.ToString());
        Assert.Equal("cuda:1", new Device("cuda:1").ToString());
        Assert.Equal("cuda", new Device(DeviceType.CUDA).ToString());
        Assert.Equal(DeviceType.CUDA, new Device(2).type);
        Assert.Equal(2, device(2).index);
        Assert.Equal(DeviceType.META, ((Device)"meta").type);
        Assert.Throws<ArgumentException>(() => new Device("nonsense"));
    }

    [Fact]
    public void A_device_that_is_not_there_is_an_error()
    {
        Assert.True(TryInitializeDeviceType(DeviceType.CPU));
        Assert.Equal(cuda.device_count() > 0, cuda.is_available());
        Assert.Equal(cuda.is_available(), TryInitializeDeviceType(DeviceType.CUDA));
        if (!cuda.is_available())
        {
            Assert.Contains("CUDA", Assert.Throws<InvalidOperationException>(() => zeros([1], device: "cuda")).Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => ones(1).cuda());
            cuda.manual_seed_all(1);
        }
    }

    [Fact]
    public void Meta_tensors_have_a_shape_and_no_values()
    {
        using var a = zeros([1000, 1000], device: META);
        Assert.True(a.is_meta);
        Assert.Equal([1000, 1], a.matmul(ones([1000, 1], device: META)).shape);
    }

    [Fact]
    public void The_version_is_libtorchs() => Assert.Matches(@"^\d+\.\d+", __version__);
}
