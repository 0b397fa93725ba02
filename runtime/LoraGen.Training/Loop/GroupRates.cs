using static TorchSharp.torch;

namespace LoraGen.Training.Loop;

/// <summary>The learning rates of an optimizer's parameter groups.</summary>
internal sealed class GroupRates
{
    private readonly (optim.ILearningRateController Group, double Base)[] _groups;

    public GroupRates(optim.Optimizer optimizer) => _groups = [.. optimizer.ParamGroups.Select(group => (group, group.InitialLearningRate))];

    public IEnumerable<double> Bases => _groups.Select(group => group.Base);

    /// <summary>The present rate of the first group.</summary>
    public double First => _groups.Length == 0 ? 0 : _groups[0].Group.LearningRate;

    public void Set(double factor)
    {
        foreach (var (group, rate) in _groups)
            group.LearningRate = rate * factor;
    }
}
