#nullable disable
namespace TorchSharp.Modules;

/// <summary>Adam with a weight decay that goes past the moments, straight to the parameters.</summary>
public partial class AdamW : OptimizerHelper, torch.optim.IBetas
{
    public AdamW(
        IEnumerable<Parameter> parameters,
        double lr = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double eps = 1e-8,
        double weight_decay = 0,
        bool amsgrad = false,
        bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public AdamW(
        IEnumerable<ParamGroup> parameters,
        double lr = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double eps = 1e-8,
        double weight_decay = 0,
        bool amsgrad = false,
        bool maximize = false)
    {
        AdamRule.Check(lr, beta1, beta2, eps, weight_decay);

        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };

        _parameter_groups = [];
        foreach (var group in parameters)
            add_param_group(group);
    }

    public (double, double) Betas
    {
        get => (Defaults.beta1.Value, Defaults.beta2.Value);
        set => (Defaults.beta1, Defaults.beta2) = value;
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
        var rule = new AdamRule(
            options.LearningRate.Value, options.beta1.Value, options.beta2.Value, options.eps.Value, options.weight_decay.Value, decoupled: true);

        foreach (var parameter in group.Parameters)
        {
            // What one parameter needs is freed before the next one's turn: a gradient's copy for each would be as large as the model.
            using var scope = torch.NewDisposeScope();
            var state = StateOf<State>(parameter);
            var grad = parameter.grad;
            if (grad is null)
                continue;

            state.step++;
            rule.Apply(parameter, grad, options.maximize.Value, state.step, state.exp_avg, state.exp_avg_sq, state.max_exp_avg_sq);
        }
    }
}
