using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

public sealed class AutogradTests
{
    [Fact]
    public void Backward_fills_grad()
    {
        using var x = tensor(new double[] { 1, -2, 3 }, requires_grad: true);
        Assert.Null(x.grad);
        x.pow(2).sum().backward();
        Assert.Equal([2, -4, 6], x.grad!.Doubles());
        Assert.NotSame(x.grad, x.grad);
        x.pow(2).sum().backward();
        Assert.Equal([4, -8, 12], x.grad!.Doubles());
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = ones_like(x);
        Assert.Equal([1, 1, 1], x.grad!.Doubles());
    }

    [Fact]
    public void Backward_with_gradients_given()
    {
        using var x = tensor(new double[] { 1, 2 }, requires_grad: true);
        x.mul(3).backward([tensor(new double[] { 10, 100 })]);
        Assert.Equal([30, 300], x.grad!.Doubles());
        Assert.Throws<ExternalException>(() => x.mul(3).backward());
    }

    [Fact]
    public void A_graph_is_freed_unless_it_is_retained()
    {
        using var x = tensor(2.0, requires_grad: true);
        var y = x.pow(3);
        y.backward(retain_graph: true);
        y.backward();
        Assert.Equal(24, x.grad!.item<double>());
        Assert.Throws<ExternalException>(() => y.backward());
    }

    [Fact]
    public void Grad_gives_gradients_of_gradients()
    {
        using var x = tensor(2.0, requires_grad: true);
        using var unused = tensor(2.0, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true);
        Assert.Equal(12, first[0].item<double>());
        Assert.Equal(12, autograd.grad([first[0]], [x])[0].item<double>());
        Assert.Throws<ExternalException>(() => autograd.grad([x.pow(2)], [x, unused]));
        Assert.True(autograd.grad([x.pow(2)], [x, unused], allow_unused: true)[1].IsInvalid);
        Assert.Null(x.grad);
    }

    [Fact]
    public void Modes()
    {
        using var x = ones(2, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False(x.mul(2).requires_grad);
            using (enable_grad())
            {
                Assert.True(x.mul(2).requires_grad);
            }

            x.add_(1);
        }

        Assert.Equal([2, 2], x.Floats());
        Assert.True(is_grad_enabled());
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False(x.mul(2).requires_grad);
        }

        Assert.False(is_inference_mode_enabled());
        using (enable_grad(false))
        {
            Assert.False(is_grad_enabled());
        }
    }

    [Fact]
    public void The_grad_mode_belongs_to_the_thread()
    {
        using var off = no_grad();
        var other = false;
        var thread = new Thread(() => other = is_grad_enabled());
        thread.Start();
        thread.Join();
        Assert.True(other);
    }

    [Fact]
    public void Leaves_and_detached_tensors()
    {
        using var x = ones(2, requires_grad: true);
        using var y = x.mul(2);
        Assert.True(x.is_leaf);
        Assert.False(y.is_leaf);
        y.retain_grad();
        y.sum().backward();
        Assert.Equal([1, 1], y.grad!.Floats());
        Assert.False(y.detach().requires_grad);
        Assert.True(y.detach_().is_leaf);
        Assert.False(x.requires_grad_(false).requires_grad);
        using var whole = ones([2], int64);
        Assert.Throws<ExternalException>(() => whole.requires_grad = true);
    }

    [Fact]
    public void Anomaly_mode_is_set_and_left()
    {
        Assert.False(AnomalyMode.IsEnabled);
        using (autograd.detect_anomaly())
        {
            Assert.True(AnomalyMode.IsEnabled && AnomalyMode.ShouldCheckNaN);
        }

        Assert.False(AnomalyMode.IsEnabled);
    }
}
