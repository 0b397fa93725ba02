using System.ComponentModel;
using LoraGen.Sites;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>The optimizer of an adapter whose method acts before or after its steps.</content>
public abstract partial class AdapterBase
{
    private AdapterOptimizer? _optimizer;
    private (Site Site, BaseSample[] Values)? _left;

    /// <inheritdoc cref="IOptimizerSource.Optimizer"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected AdapterOptimizer CreateOptimizer(Func<IReadOnlyList<Parameter>, optim.Optimizer> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        EnsureAttached();
        var own = TrainedParameters();
        var inner = create(own) ?? throw new ArgumentException("The function returned no optimizer.", nameof(create));
        var trained = inner is MasterWeights masters ? masters.Originals : inner.parameters();
        if (inner is OptimizerHelper && !trained.Any(parameter => own.Any(other => other.Handle == parameter.Handle)))
        {
            throw new ArgumentException(
                $"The optimizer has no parameter of adapter \"{Name}\". Create it with those that the function is given.", nameof(create));
        }

        using var noGrad = no_grad();
        foreach (var site in _sites)
            site.StartSteps();
        return _optimizer = new AdapterOptimizer(this, inner);
    }

    /// <summary>Throws if a step of the optimizer would not be one of the adapter.</summary>
    internal void EnsureStepping(AdapterOptimizer optimizer)
    {
        EnsureAttached();
        EnsureNotMerged("a step would change the parameters that are in the weights");
        if (!_isActive)
        {
            throw new InvalidOperationException(
                $"Adapter \"{Name}\" is not active, so calls of the model don't train it, and a step of its optimizer would only count one. Set "
                + $"{nameof(IsActive)} to true, or leave out step().");
        }

        if (!ReferenceEquals(optimizer, _optimizer))
        {
            throw new InvalidOperationException(
                $"Adapter \"{Name}\" has another optimizer, or was moved since this one was created. Use the last one that Optimizer(…) returned, and create "
                + "it after To(…).");
        }
    }

    /// <summary>Throws if the parameters of an optimizer no longer exist.</summary>
    internal void EnsureExists(IEnumerable<Parameter> parameters)
    {
        EnsureNotDisposed();
        if (parameters.Any(parameter => parameter.IsInvalid))
        {
            throw new InvalidOperationException(
                $"Adapter \"{Name}\" was moved since this optimizer was created, which replaced the parameters. Create the optimizer after To(…).");
        }
    }

    /// <summary>Runs the stages before a step.</summary>
    /// <exception cref="InvalidOperationException">No parameter has a gradient.</exception>
    /// <exception cref="NotFiniteNumberException">A gradient is not finite, and the method can't go on with it.</exception>
    internal void BeforeStep()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (!TrainedParameters().Any(HasGradient))
        {
            throw new InvalidOperationException(
                $"Adapter \"{Name}\": none of its parameters has a gradient, so the step would train nothing and only be counted. Before step() call "
                + "backward() for a loss of the model's output with the adapter, and zero_grad() not between the two.");
        }

        _method.CheckStep(_sites);
        foreach (var site in _sites)
            site.Method.BeforeStep(site);
    }

    /// <summary>Runs the stages after a step, and remembers the values that it left.</summary>
    internal void AfterStep(long step)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var site in _sites)
            site.Method.AfterStep(site, step);
        _sites[0].Method.EndStep(_sites, step);
        _left = _sites.FirstOrDefault(HasGradient) is { } trained ? Sample(trained) : null;
    }

    /// <summary>What the saved state of the optimizer has of the sites.</summary>
    internal IReadOnlyList<(Site Site, IReadOnlyList<Tensor> Tensors)> SaveSteps() => [.. _sites.Select(site => (site, site.Method.SaveSteps(site)))];

    /// <summary>The values were set by something else than a step.</summary>
    internal void ForgetStep() => _left = null;

    /// <summary>
    /// Throws if a call that can be trained follows a step that did not run the method's stages: the values are neither those that the adapter's optimizer left
    /// nor those of the last such call. Several calls may precede a step, and the gradients may be removed after it.
    /// </summary>
    internal void EnsureStepped()
    {
        if (this is not IOptimizerSource || !is_grad_enabled())
            return;

        // Before the first gradient, the site that will probably be compared.
        var trained = _sites.FirstOrDefault(HasGradient);
        var now = Sample(trained ?? _left?.Site ?? _sites[0]);
        var mayHaveStepped = trained is not null || _optimizer is not null;
        if (mayHaveStepped && _left is { } left && ReferenceEquals(left.Site, now.Site)
            && !left.Values.Zip(now.Values).All(pair => pair.First.Values.SequenceEqual(pair.Second.Values)))
        {
            _left = null;
            throw new InvalidOperationException(
                $"Adapter \"{Name}\": the parameters at {now.Site.Path} have changed since the last step of the adapter's optimizer, so a step went past "
                + $"{now.Site.Method.Label}, which acts on each one. Call step() of the optimizer that Optimizer(…) returned, not of the one within it. If "
                + "you have set the values yourself, repeat the call.");
        }

        _left = now;
    }

    // One site is enough: an optimizer changes every parameter that has a gradient.
    private static (Site Site, BaseSample[] Values) Sample(Site site) => (site, [.. site.Own.Trained.Select(BaseSample.Of)]);

    private static bool HasGradient(Site site) => site.Own.Trained.Any(HasGradient);

    private static bool HasGradient(Parameter parameter)
    {
        using var gradient = parameter.grad;
        return gradient is not null;
    }

    private void EndSteps()
    {
        _optimizer = null;
        _left = null;
        foreach (var site in _sites)
            site.EndSteps();
    }
}
