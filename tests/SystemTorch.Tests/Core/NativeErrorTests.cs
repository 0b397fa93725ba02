using System.Runtime.InteropServices;
using TorchSharp;

namespace SystemTorch.Tests.Core;

public sealed class NativeErrorTests
{
    [Fact]
    public void A_libtorch_error_is_an_ExternalException_with_the_message_alone()
    {
        using torch.Tensor a = torch.ones(2, 4), b = torch.ones(2, 2);
        var error = Assert.Throws<ExternalException>(() => a.add(b));
        Assert.Equal("The size of tensor a (4) must match the size of tensor b (2) at non-singleton dimension 1", error.Message);
    }

    [Fact]
    public void An_error_of_a_call_in_place_is_thrown()
    {
        using var leaf = torch.ones(2, requires_grad: true);
        var error = Assert.Throws<ExternalException>(() => leaf.add_(1));
        Assert.Equal("a leaf Variable that requires grad is being used in an in-place operation.", error.Message);
    }

    [Fact]
    public void An_error_of_a_call_with_many_results_is_thrown()
    {
        using var a = torch.ones(2, 2);
        Assert.Throws<ExternalException>(() => a.max(7));
        Assert.Throws<ExternalException>(() => a.chunk(0));
    }

    [Fact]
    public void A_call_after_an_error_works()
    {
        using var a = torch.ones(2);
        Assert.Throws<ExternalException>(() => a.matmul(torch.ones(3)));
        Assert.Equal(2, a.matmul(a).item<float>());
        torch.CheckForErrors();
    }

    [Fact]
    public void A_disposed_tensor_is_said_to_be_empty()
    {
        var a = torch.ones(2);
        using var b = torch.ones(2);
        a.Dispose();
        Assert.All(
            new Action[] { () => a.add(b), () => b.add(a), () => a.dim(), () => _ = a.shape, () => b.add_(a), () => torch.cat([b, a]), () => _ = a.grad },
            action => Assert.Equal("Tensor invalid -- empty handle.", Assert.Throws<InvalidOperationException>(action).Message));
    }

    [Fact]
    public void A_null_tensor_is_an_ArgumentNullException()
    {
        using var a = torch.ones(2);
        Assert.Throws<ArgumentNullException>(() => a.add((torch.Tensor)null!));
        Assert.Throws<ArgumentNullException>(() => torch.cat([a, null!]));
        Assert.Throws<ArgumentNullException>(() => torch.cat((torch.Tensor[])null!));
    }

    [Fact]
    public void A_disposed_scalar_is_said_to_be_empty()
    {
        var scalar = 2.ToScalar();
        scalar.Dispose();
        using var a = torch.ones(2);
        Assert.Throws<InvalidOperationException>(() => a.add(scalar));
    }

    [Fact]
    public void An_operator_that_this_libtorch_lacks_is_named()
    {
        using var a = torch.ones(2);
        var missing = new Operator("no_such_operator", "Tensor");
        Assert.False(missing.Exists);
        var error = Assert.Throws<NotSupportedException>(() => missing.Call(a));
        Assert.Contains("aten::no_such_operator.Tensor", error.Message, StringComparison.Ordinal);
        Assert.Contains(torch.__version__, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_argument_without_a_default_is_an_error()
    {
        using var a = torch.ones(2);
        Assert.Throws<ExternalException>(() => Aten.matmul.Call(a));
        Assert.Throws<ExternalException>(() => Aten.matmul.Call(a, a, a));
    }
}
