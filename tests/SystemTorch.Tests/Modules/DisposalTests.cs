using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class DisposalTests
{
    [Fact]
    public void Parameters_made_in_a_scope_die_with_it_and_those_of_a_linear_do_not()
    {
        Tensor gone, kept, moved;
        Parameter parameter;
        Linear linear;
        using (NewDisposeScope())
        {
            using (var scope = NewDisposeScope())
            {
                gone = ones(1);
                kept = ones(1).DetachFromDisposeScope();
                moved = ones(1).MoveToOuterDisposeScope();
                parameter = nn.Parameter(ones(1));
                linear = nn.Linear(1, 1);
                Assert.Equal(2, scope.DisposablesCount);
            }

            Assert.True(gone.IsInvalid);
            Assert.False(kept.IsInvalid);
            Assert.False(moved.IsInvalid);
            Assert.True(parameter.IsInvalid);
            Assert.False(linear.weight.IsInvalid);
        }

        Assert.True(moved.IsInvalid);
        linear.Dispose();
        Assert.Equal("Tensor invalid -- empty handle.", Assert.Throws<InvalidOperationException>(() => gone + 1).Message);
    }

    [Fact]
    public void A_model_built_in_a_scope_loses_its_own_tensors_and_keeps_those_of_its_layers()
    {
        ObservedModel model;
        using (NewDisposeScope())
            model = new ObservedModel();

        Assert.True(model.scaleReadonly.IsInvalid);
        Assert.True(model.plainTensor.IsInvalid);
        Assert.False(model.fcReadonly.weight.IsInvalid);
        Assert.DoesNotContain("scaleReadonly", model.state_dict().Keys);
        model.Dispose();
    }

    [Fact]
    public void Disposing_a_model_disposes_the_parameters_of_its_children()
    {
        var model = new ObservedModel();
        var all = model.state_dict().Values.ToList();
        model.Dispose();
        Assert.All(all, tensor => Assert.True(tensor.IsInvalid));
        model.Dispose();
    }

    [Fact]
    public void A_parameter_takes_over_the_tensor_it_is_made_from()
    {
        var data = ones(2);
        using var parameter = new Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        parameter.Floats().Near(1, 1);

        using var frozen = nn.Parameter(zeros(1), requires_grad: false);
        Assert.False(frozen.requires_grad);
    }

    [Fact]
    public void The_gradient_is_a_new_wrapper_each_time()
    {
        using var parameter = nn.Parameter(ones(1));
        (parameter * 2).sum().backward();
        using var one = parameter.grad;
        using var two = parameter.grad;
        Assert.NotSame(one, two);
        Assert.NotEqual(one!.Handle, two!.Handle);
    }

    [Fact]
    public void Zero_grad_drops_or_zeroes()
    {
        using var linear = nn.Linear(1, 1);
        linear.call(ones(1, 1)).sum().backward();
        linear.zero_grad(set_to_none: false);
        linear.weight.grad!.Floats().Near(0);
        linear.zero_grad();
        Assert.Null(linear.weight.grad);
    }

    [Fact]
    public void Eval_reaches_all_children_and_apply_visits_them_first()
    {
        using var model = new ObservedModel();
        Assert.True(model.training);
        model.eval();
        Assert.False(model.training || model.fcReadonly.training || model.blocks[1].training);

        var seen = new List<nn.Module>();
        model.apply(seen.Add);
        Assert.Same(model, seen[^1]);
        Assert.Contains(model.blocks[1], seen);
    }
}
