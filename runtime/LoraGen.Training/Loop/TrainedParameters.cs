using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Training.Loop;

/// <summary>The parameters that a training changes, by their names in the model's state or in the adapter.</summary>
internal sealed class TrainedParameters
{
    private readonly optim.Optimizer _optimizer;

    public TrainedParameters(nn.Module model, AdapterBase? adapter, optim.Optimizer optimizer)
    {
        _optimizer = optimizer;
        var adapters = adapter?.NamedParameters() ?? [];
        var known = adapters.Select(named => named.Parameter.Handle).ToHashSet();
        (string Name, Parameter Parameter)[] others =
            [.. model.named_parameters().Where(named => !known.Contains(named.parameter.Handle)).Select(named => (named.name, named.parameter))];

        // BAdam trains parameters that don't require a gradient at the moment.
        var stepped = optimizer.parameters().Select(parameter => parameter.Handle).ToHashSet();
        Named = [.. adapters.Concat(others).Where(named => named.Parameter.requires_grad || stepped.Contains(named.Parameter.Handle))];
        OutsideAdapter = [.. Named.Where(named => !known.Contains(named.Parameter.Handle))];
        Trainable = Named.Sum(named => named.Parameter.numel());
        Total = adapters.Concat(others).Sum(named => named.Parameter.numel());
        EnsureComplete(model, adapter, stepped);
    }

    public IReadOnlyList<(string Name, Parameter Parameter)> Named { get; }

    /// <summary>Those of the model that the adapter's files don't have.</summary>
    public IReadOnlyList<(string Name, Parameter Parameter)> OutsideAdapter { get; }

    public long Trainable { get; }

    public long Total { get; }

    /// <summary>The parameters whose gradients are clipped: masters are in float32.</summary>
    public IEnumerable<Parameter> Clipped => _optimizer is MasterWeights ? _optimizer.parameters() : Named.Select(named => named.Parameter);

    /// <summary>Removes all gradients, so that a parameter without one is not changed by the next step.</summary>
    public void RemoveGradients()
    {
        foreach (var (_, parameter) in Named)
            parameter.grad = null;
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
    }

    private void EnsureComplete(nn.Module model, AdapterBase? adapter, HashSet<IntPtr> stepped)
    {
        if (Named.Count == 0)
        {
            throw new ArgumentException(
                $"No parameter of {model.GetName()} requires a gradient, and the optimizer has none of them, so there is nothing to train. Attach an adapter "
                + "and pass it to the trainer, or set requires_grad.");
        }

        // Masters are parameters of their own, and an adapter's optimizer may have them.
        if (_optimizer is MasterWeights or AdapterOptimizer)
            return;

        var unknown = stepped.Except(Named.Select(named => named.Parameter.Handle)).Count();
        if (unknown > 0)
        {
            throw new ArgumentException(
                $"The optimizer has {unknown} parameters that belong neither to {model.GetName()} nor to "
                + $"{(adapter is null ? "an adapter, because none was passed" : $"adapter \"{adapter.Name}\"")}. Pass the adapter whose parameters are "
                + "trained; if the model or the adapter was moved, create the optimizer afterwards.");
        }
    }
}
