using LoraGen.Training.Loop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Training.Diagnosis;

/// <summary>Finds parameters that don't train.</summary>
internal sealed class ParameterDiagnosis(TrainingSetup setup)
{
    private const int Shown = 3;

    // Its blocks train one after the other.
    private bool IsByBlocks => setup.Optimizer is BAdam;

    public void Start(DiagnosisState state)
    {
        if (IsByBlocks)
        {
            state.Zeros = [];
            return;
        }

        state.Zeros = [.. setup.Parameters.Named.Where(named => IsZero(named.Parameter)).Select(named => named.Name)];
        state.WithoutGradient = [.. setup.Parameters.Named.Select(named => named.Name)];
    }

    public void NoteGradients(DiagnosisState state)
    {
        if (state.WithoutGradient.Count == 0)
            return;

        foreach (var (name, parameter) in setup.Parameters.Named.Where(named => state.WithoutGradient.Contains(named.Name)))
        {
            using var gradient = parameter.grad;
            if (gradient is not null)
                state.WithoutGradient.Remove(name);
        }
    }

    public IEnumerable<TrainingWarning> Warnings(DiagnosisState state, long step)
    {
        var missing = setup.Parameters.Named.Select(named => named.Name).Where(state.WithoutGradient.Contains).ToArray();
        if (missing.Length > 0)
        {
            yield return new TrainingWarning(
                TrainingProblem.WithoutGradient,
                step,
                $"{Names(missing)} had no gradient in {step} steps, so {(missing.Length == 1 ? "it isn't" : "they aren't")} trained. Probably the model "
                + "doesn't call the layer, uses its weight without a call, or detaches its output.",
                "LORA2012");
        }

        var zeros = state.Zeros!.Except(missing).ToHashSet();
        zeros.IntersectWith(setup.Parameters.Named.Where(named => zeros.Contains(named.Name) && IsZero(named.Parameter)).Select(named => named.Name));
        foreach (var group in zeros.GroupBy(Cause))
        {
            string[] names = [.. group];
            yield return new TrainingWarning(
                TrainingProblem.StillZero,
                step,
                $"{Names(names)} started at zero, and {(names.Length == 1 ? "is" : "are")} still zero after {step} steps. {group.Key.Text}",
                group.Key.Rule);
        }
    }

    private (string Text, string? Rule) Cause(string name)
    {
        var site = name[..(name.LastIndexOf('.') + 1)];
        var own = setup.Parameters.Named.Where(named => named.Name.StartsWith(site, StringComparison.Ordinal));
        if (setup.Adapter is not null && own.All(named => IsZero(named.Parameter)))
            return ("All parameters of the layer's adapter are zero, so none of them gets a gradient: one factor must start at other values.", "LORA1006");
        if (setup.Optimizer is not (MasterWeights or AdapterOptimizer) && !IsStepped(name))
            return ("The optimizer doesn't have it: create the optimizer after attaching, with all parameters of the adapter.", "LORA4002");
        return ("Its gradients are zero: probably the layer's output has no effect on the loss, or the learning rate is 0.", null);
    }

    private bool IsStepped(string name)
    {
        var handle = setup.Parameters.Named.First(named => named.Name == name).Parameter.Handle;
        return setup.Optimizer.parameters().Any(parameter => parameter.Handle == handle);
    }

    private static bool IsZero(Parameter parameter)
    {
        using var scope = NewDisposeScope();
        return parameter.detach().count_nonzero().item<long>() == 0;
    }

    private static string Names(IReadOnlyList<string> names)
    {
        return names.Count <= Shown ? string.Join(", ", names) : $"{string.Join(", ", names.Take(Shown))} and {names.Count - Shown} other parameters";
    }
}
