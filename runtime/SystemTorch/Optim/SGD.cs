#nullable disable
namespace TorchSharp.Modules;

/// <summary>Gradient descent, with momentum if asked.</summary>
public partial class SGD : OptimizerHelper, torch.optim.IMomentum
{
    public SGD(
        IEnumerable<Parameter> parameters,
        double lr,
        double momentum = 0,
        double dampening = 0,
        double weight_decay = 0,
        bool nesterov = false,
        bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(
        IEnumerable<ParamGroup> parameters,
        double lr,
        double momentum = 0,
        double dampening = 0,
        double weight_decay = 0,
        bool nesterov = false,
        bool maximize = false)
    {
        if (lr < 0)
            throw new ArgumentException($"Invalid learning rate: {lr}");
        if (momentum < 0)
            throw new ArgumentException($"Invalid momentum value: {momentum}");
        if (weight_decay < 0)
            throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");

        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
            maximize = maximize,
        };

        _parameter_groups = [];
        foreach (var group in parameters)
            add_param_group(group);
    }

    public double Momentum
    {
        get => Defaults.momentum.Value;
        set => Defaults.momentum = value;
    }

    private Options Defaults => (Options)_defaults;

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        param_group.Options ??= new Options();
        ((Options)param_group.Options).Complete(Defaults);
        AddGroup(param_group, parameter => new State(parameter));
    }

    public override torch.Tensor step(Func<torch.Tensor> closure = null) => _step<ParamGroup>(StepGroup, closure);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            DisposeStates();
    }

    private void StepGroup(ParamGroup group)
    {
        var options = group.Options;
        var rate = options.maximize.Value ? options.LearningRate.Value : -options.LearningRate.Value;

        foreach (var parameter in group.Parameters)
        {
            // What one parameter needs is freed before the next one's turn: a gradient's copy for each would be as large as the model.
            using var scope = torch.NewDisposeScope();
            var state = StateOf<State>(parameter);
            var grad = parameter.grad;
            if (grad is null)
                continue;

            var direction = options.weight_decay.Value == 0 ? grad : grad.add(parameter, alpha: options.weight_decay.Value);
            if (options.momentum.Value != 0)
                direction = state.Advance(direction, options);
            parameter.add_(direction, alpha: rate);
        }
    }
}
