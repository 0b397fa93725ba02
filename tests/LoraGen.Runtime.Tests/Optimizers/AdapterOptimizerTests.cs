using System.Reflection;
using LoraGen.Runtime.Tests.Methods;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Optimizers;

/// <summary>The optimizer of an adapter: what it passes on, and when the method acts.</summary>
public sealed class AdapterOptimizerTests
{
    private readonly OneLayer _model = Make.Model(() => new OneLayer("Linear"));
    private readonly Tensor _input = OneLayer.Input("Linear");

    [Fact]
    public void Everything_but_the_step_is_the_inner_ones()
    {
        using var lora = _model.AttachScaledRows();
        AdamW? inner = null;
        using var optimizer = lora.Optimizer(parameters => inner = optim.AdamW(parameters, lr: 0.5));

        Assert.Equal(lora.TrainedParameters().Select(parameter => parameter.Handle), optimizer.parameters().Select(parameter => parameter.Handle));
        Assert.Same(inner!.ParamGroups.Single(), optimizer.ParamGroups.Single());
        optimizer.ParamGroups.Single().LearningRate = 0.25;
        Assert.Equal(0.25, inner.ParamGroups.Single().LearningRate);
        optimizer.ParamGroups.Single().LearningRate = 0.5;
        var schedule = optim.lr_scheduler.StepLR(optimizer, 1, gamma: 0.5);
        Backward();
        optimizer.step();
        schedule.step();
        Assert.Equal(0.25, inner.ParamGroups.Single().LearningRate);

        optimizer.zero_grad();
        Assert.All(lora.TrainedParameters(), parameter => Assert.Equal(0, parameter.grad!.abs().sum().item<float>()));
        var added = new Parameter(ones(3));
        optimizer.add_param_group(new AdamW.ParamGroup([added]));
        Assert.Equal(2, inner.ParamGroups.Count());
        Assert.Equal(lora.TrainedParameters().Count + 1, optimizer.parameters().Count());
        optimizer.to(CPU);
    }

    [Fact]
    public void A_step_is_the_inner_step_and_the_stages()
    {
        using var twin = Make.Model(() => new OneLayer("Linear"));
        using var lora = LoraContractTests.Shaken(_model.AttachScaledRows());
        using var other = LoraContractTests.Shaken(twin.AttachScaledRows());
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters, lr: 0.1));
        using var plain = optim.AdamW(other.TrainedParameters(), lr: 0.1);
        for (var step = 1; step <= 3; step++)
        {
            optimizer.zero_grad();
            Backward();
            foreach (var (parameter, copy) in lora.TrainedParameters().Zip(other.TrainedParameters()))
                copy.grad = parameter.grad!.clone();
            optimizer.step();
            plain.step();
            Assert.Equal(step, optimizer.Steps);
            Assert.Equal(step, lora.Sites[0]["seen"].item<float>());
        }

        Assert.Equal(other.TrainedParameters().Select(Expect.Bytes), lora.TrainedParameters().Select(Expect.Bytes));
    }

    [Fact]
    public void A_closure_is_evaluated_by_the_inner_step()
    {
        using var lora = _model.AttachScaledRows();
        using var optimizer = lora.Optimizer(parameters => optim.LBFGS(parameters, lr: 0.1, max_iter: 4));
        var evaluations = 0;
        var loss = optimizer.step(() =>
        {
            evaluations++;
            optimizer.zero_grad();
            var value = _model.forward(_input).pow(2).mean();
            value.backward();
            return value;
        });
        Assert.True(evaluations > 1);
        Assert.True(loss.item<float>() > 0);
        Assert.Equal(1, optimizer.Steps);
        Assert.Equal(1, lora.Sites[0]["seen"].item<float>());
    }

    [Fact]
    public void A_closure_may_call_the_model_before_it_zeroes_the_gradients()
    {
        using var lora = _model.AttachAdaLora();
        using var optimizer = lora.Optimizer(parameters => new TwoEvaluations(parameters));
        optimizer.step(() =>
        {
            var value = _model.forward(_input).pow(2).mean();
            optimizer.zero_grad();
            value.backward();
            return value;
        });
        Assert.Equal(1, optimizer.Steps);
    }

    [Fact]
    public void An_optimizer_that_is_no_longer_the_adapters_says_so()
    {
        using var lora = _model.AttachScaledRows();
        using var first = lora.Optimizer(parameters => optim.SGD(parameters, 0.1));
        using var second = lora.Optimizer(parameters => optim.SGD(parameters, 0.1));
        Assert.Contains("has another optimizer", Assert.Throws<InvalidOperationException>(() => first.step()).Message, StringComparison.Ordinal);
        lora.To(ScalarType.Float64);
        Assert.Contains("was moved", Assert.Throws<InvalidOperationException>(() => second.step()).Message, StringComparison.Ordinal);
        lora.Detach();
        var detached = Assert.Throws<InvalidOperationException>(() => lora.Optimizer(parameters => optim.SGD(parameters, 0.1)));
        Assert.Contains("is detached", detached.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_function_and_no_optimizer()
    {
        using var lora = _model.AttachScaledRows();
        Assert.Equal("create", Assert.Throws<ArgumentNullException>(() => lora.Optimizer(null!)).ParamName);
        Assert.Equal("create", Assert.Throws<ArgumentException>(() => lora.Optimizer(_ => null!)).ParamName);
    }

    [Fact]
    public void An_optimizer_of_other_parameters_is_refused()
    {
        using var lora = _model.AttachAdaLora();
        var error = Assert.Throws<ArgumentException>(() => lora.Optimizer(_ => optim.SGD(_model.parameters(), 0.1)));
        Assert.StartsWith("The optimizer has no parameter of adapter \"default\".", error.Message, StringComparison.Ordinal);
        using var optimizer = lora.Optimizer(parameters => optim.SGD(parameters.Take(1), 0.1));
    }

    [Fact]
    public void A_first_step_of_the_inner_one_is_noticed()
    {
        using var lora = _model.AttachAdaLora();
        optim.Optimizer? inner = null;
        using var optimizer = lora.Optimizer(parameters => inner = optim.AdamW(parameters, lr: 0.1));
        Backward();
        Backward();
        inner!.step();
        Assert.Contains("a step went past AdaLoRA", Assert.Throws<InvalidOperationException>(Backward).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_may_be_set_before_the_first_gradient()
    {
        using var lora = _model.AttachAdaLora();
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters, lr: 0.1));
        using (no_grad())
            lora.Sites[0].Parameters[0].fill_(0.5);
        Backward();
        Backward();
        optimizer.step();
        Backward();
    }

    [Fact]
    public void No_step_while_merged()
    {
        using var lora = _model.AttachAdaLora();
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters, lr: 0.1));
        Backward();
        lora.Merge();
        var before = lora.Sites[0].Parameters.Select(Expect.Bytes).ToArray();
        Assert.Equal(
            "Adapter \"default\" is merged: a step would change the parameters that are in the weights. Call Unmerge() first.",
            Assert.Throws<InvalidOperationException>(() => optimizer.step()).Message);
        Assert.Equal(before, lora.Sites[0].Parameters.Select(Expect.Bytes));
        lora.Unmerge();
        optimizer.step();
    }

    [Fact]
    public void A_step_of_the_inner_one_is_noticed_without_its_gradients()
    {
        using var lora = _model.AttachAdaLora();
        optim.Optimizer? inner = null;
        using var optimizer = lora.Optimizer(parameters => inner = optim.AdamW(parameters, lr: 0.1));
        Step(inner!);
        Assert.Contains("a step went past AdaLoRA", Assert.Throws<InvalidOperationException>(Backward).Message, StringComparison.Ordinal);
        for (var step = 0; step < 3; step++)
            Step(optimizer);
        Step(inner!);
        Assert.Contains("a step went past AdaLoRA", Assert.Throws<InvalidOperationException>(Backward).Message, StringComparison.Ordinal);
        Step(optimizer);
        Assert.Equal(4, optimizer.Steps);

        void Step(optim.Optimizer of)
        {
            Backward();
            of.step();
            foreach (var parameter in lora.TrainedParameters())
                parameter.grad = null;
        }
    }

    [Theory, MemberData(nameof(Attached))]
    public void A_step_without_any_gradient_is_refused(string method)
    {
        using var lora = Attach(method);
        using var optimizer = ((IOptimizerSource)lora).Optimizer(parameters => optim.SGD(parameters, 0.1));
        var before = lora.TrainedParameters().Select(Expect.Bytes).ToArray();
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.step());
        Assert.StartsWith(
            "Adapter \"default\": none of its parameters has a gradient, so the step would train nothing and only be counted.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => optimizer.step(() => ones(1)));
        Assert.Equal(0, optimizer.Steps);
        Assert.Equal(before, lora.TrainedParameters().Select(Expect.Bytes));
        Backward();
        optimizer.step();
        Assert.Equal(1, optimizer.Steps);
    }

    [Theory, MemberData(nameof(Attached))]
    public void A_step_of_an_inactive_adapter_is_refused(string method)
    {
        using var lora = Attach(method);
        using var optimizer = ((IOptimizerSource)lora).Optimizer(parameters => optim.SGD(parameters, 0.1));
        Backward();
        lora.IsActive = false;
        var before = lora.TrainedParameters().Select(Expect.Bytes).ToArray();
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.step());
        Assert.StartsWith("Adapter \"default\" is not active, so calls of the model don't train it", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, optimizer.Steps);
        Assert.Equal(before, lora.TrainedParameters().Select(Expect.Bytes));
        lora.IsActive = true;
        optimizer.step();
    }

    [Fact]
    public void Zeroing_gradients_that_no_longer_exist_says_so()
    {
        var lora = _model.AttachAdaLora();
#pragma warning disable LORA4003 // Wrong on purpose.
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters));
        lora.To(ScalarType.Float64);
#pragma warning restore LORA4003
        Assert.Equal(
            "Adapter \"default\" was moved since this optimizer was created, which replaced the parameters. Create the optimizer after To(…).",
            Assert.Throws<InvalidOperationException>(optimizer.zero_grad).Message);
#pragma warning restore LORA4003
        using var next = lora.Optimizer(parameters => optim.AdamW(parameters));
        next.zero_grad();
        lora.Dispose();
        Assert.Contains(
            "Adapter \"default\" is disposed and has no parameters.", Assert.Throws<ObjectDisposedException>(next.zero_grad).Message, StringComparison.Ordinal);
    }

    // A compile-time fact: what is there tells how the adapter is trained.
    [Fact]
    public void An_adapter_has_parameters_or_an_optimizer()
    {
        var adapters = typeof(AdapterOptimizerTests).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(AdapterBase)) && !type.IsAbstract).ToArray();
        Assert.NotEmpty(adapters);
        Assert.All(adapters, type =>
        {
            var isOwn = typeof(IOptimizerSource).IsAssignableFrom(type);
            Assert.NotEqual(isOwn, typeof(IParameterSource).IsAssignableFrom(type));
            Assert.Equal(isOwn, type.GetMethod("Optimizer") is not null);
            Assert.Equal(!isOwn, type.GetMethod("Parameters") is not null);
        });
        Assert.All(
            AdapterMethods.All,
            method => Assert.Equal(
                method.ActsOnSteps,
                new[] { nameof(AdapterMethod.BeforeStep), nameof(AdapterMethod.AfterStep) }.Any(stage => Overrides(method.GetType(), stage))));

        static bool Overrides(Type method, string stage)
        {
            return method.GetMethod(stage, BindingFlags.NonPublic | BindingFlags.Instance)!.DeclaringType != typeof(AdapterMethod);
        }
    }

    public static TheoryData<string> Attached => ["AdaLoRA", "LoRA-FA", "of a user"];

    private AdapterBase Attach(string method) => method switch
    {
        "AdaLoRA" => _model.AttachAdaLora(),
        "LoRA-FA" => _model.AttachLoraFa(),
        _ => _model.AttachScaledRows(),
    };

    private void Backward()
    {
        using var scope = NewDisposeScope();
        _model.forward(_input).pow(2).mean().backward();
    }

    private sealed class TwoEvaluations(IEnumerable<Parameter> parameters) : SGD(parameters, 0.1)
    {
        public override Tensor step(Func<Tensor>? closure = null)
        {
            base.step(closure);
            return base.step(closure);
        }
    }
}
