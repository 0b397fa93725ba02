using TorchSharp;

namespace SystemTorch.Tests.Core;

public sealed class TensorLifetimeTests
{
    [Fact]
    public void Disposing_frees_the_handle_once()
    {
        var before = Native.st_live_handles();
        var a = torch.ones(2);
        Assert.Equal(before + 1, Native.st_live_handles());
        a.Dispose();
        a.Dispose();
        Assert.True(a.IsInvalid);
        Assert.Equal(before, Native.st_live_handles());
    }

    [Fact]
    public void Finalizers_free_handles()
    {
        Collect();
        var before = Native.st_live_handles();
        Abandon(200);
        Collect();
        Assert.Equal(before, Native.st_live_handles());

        static void Abandon(int count)
        {
            for (var i = 0; i < count; i++)
            {
                torch.zeros(3);
            }
        }
    }

    [Fact]
    public void An_alias_keeps_the_values_when_the_first_is_gone()
    {
        var a = torch.tensor(new float[] { 1, 2 });
        using var b = a.alias();
        a.Dispose();
        Assert.Equal([1, 2], b.Floats());
    }

    [Fact]
    public void A_decoupled_handle_can_be_wrapped_again()
    {
        var a = torch.tensor(new float[] { 1, 2 });
        var handle = a.DecoupleFromNativeHandle();
        Assert.True(a.IsInvalid);
        using var b = torch.Tensor.UnsafeCreateTensor(handle);
        Assert.Equal([1, 2], b.Floats());
    }

    [Fact]
    public void Ten_thousand_training_steps_leave_no_handle_behind()
    {
        using var x = torch.randn(4, 3);
        using var w = torch.randn([3, 2], requires_grad: true);
        var before = 0L;
        for (var step = 0; step < 10_000; step++)
        {
            if (step == 10)
            {
                before = Native.st_live_handles();
            }

            using var scope = torch.NewDisposeScope();
            var loss = x.matmul(w).tanh().pow(2).sum();
            loss.backward();
            using (torch.no_grad())
            {
                var grad = w.grad!;
                w.add_(grad, alpha: -0.01);
                grad.zero_();
            }

            _ = x[.., 1..3].chunk(2);
            _ = x.max(1);
            if (step % 100 == 0)
            {
                Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => x.matmul(x));
            }
        }

        Assert.Equal(before, Native.st_live_handles());
    }

    [Fact]
    public void Counts_follow_the_tensors()
    {
        var before = torch.Tensor.TotalCount;
        using (torch.ones(1))
        {
            Assert.Equal(before + 1, torch.Tensor.TotalCount);
            Assert.True(torch.Tensor.PeakCount >= before + 1);
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
