#nullable disable
using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>An optimizer over groups of parameters, with a state for each parameter.</summary>
public abstract partial class OptimizerHelper : torch.optim.Optimizer
{
    protected OptimizerOptions _defaults;

    protected OrderedDict<IntPtr, OptimizerState> _state = [];

    public OptimizerHelper()
    {
    }

    public void to(torch.Device device)
    {
        foreach (var parameter in parameters())
            _state[parameter.Handle].to(device);
    }

    /// <summary>Runs the closure with gradients on, then <paramref name="body"/> for each group with gradients off, and frees what it made.</summary>
    protected torch.Tensor _step<T>(Action<T> body, Func<torch.Tensor> loss_closure = null) where T : ParamGroup
    {
        torch.Tensor loss = null;
        if (loss_closure is not null)
        {
            using var on = torch.enable_grad();
            loss = loss_closure();
        }

        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var group in _parameter_groups)
            body(group as T);

        return loss;
    }

    /// <summary>Adds a group whose options are complete, and a state for each of its parameters.</summary>
    private protected void AddGroup(ParamGroup group, Func<Parameter, OptimizerState> makeState)
    {
        group.Options.InitialLearningRate = group.Options.LearningRate.Value;
        _parameter_groups.Add(group);

        foreach (var parameter in group.Parameters)
        {
            var state = makeState(parameter);
            _state[parameter.Handle] = state;
            state.Initialize(group.Options);
        }
    }

    private protected TState StateOf<TState>(Parameter parameter) where TState : OptimizerState
        => (TState)_state[parameter.IsInvalid ? IntPtr.Zero : parameter.Handle];

    private protected void DisposeStates()
    {
        foreach (var (_, state) in _state)
            (state as IDisposable)?.Dispose();
        _state.Clear();
    }
}
