using LoraGen.Optimizers;
using TorchSharp.Modules;

namespace LoraGen;

/// <summary>A block of <see cref="BAdam"/>: the parameters that are trained at the same time. It is a parameter group of the optimizer.</summary>
public sealed class BAdamBlock : AdamGroup
{
    /// <summary>Creates a block, for <see cref="AdamOptimizer.add_param_group"/>.</summary>
    /// <param name="name">The block's name, such as the path of its module.</param>
    /// <param name="parameters">The parameters, each in no other block.</param>
    /// <param name="learningRate">The learning rate; null for the optimizer's.</param>
    /// <param name="weightDecay">The decoupled weight decay; null for the optimizer's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public BAdamBlock(string name, IEnumerable<Parameter> parameters, double? learningRate = null, double? weightDecay = null)
        : base(parameters, new AdamOptions { LearningRate = learningRate, WeightDecay = weightDecay })
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The block's name: the path of its module, or the paths that it was created from, separated by commas.</summary>
    public string Name { get; }

    /// <summary>Returns the name and the number of parameters.</summary>
    public override string ToString() => $"{Name}: {Listed.Count} parameters";
}
