using TorchSharp.Modules;

namespace LoraGen.Optimizers;

/// <summary>The options of a parameter group. Those that are null are the optimizer's.</summary>
internal class AdamOptions : OptimizerOptions
{
    public double? Beta1 { get; set; }

    public double? Beta2 { get; set; }

    public double? Epsilon { get; set; }

    public double? WeightDecay { get; set; }

    /// <summary>How the moments are stored.</summary>
    public MomentPrecision? Moments { get; set; }

    public void FillFrom(AdamOptions defaults)
    {
        LearningRate ??= defaults.LearningRate;
        Beta1 ??= defaults.Beta1;
        Beta2 ??= defaults.Beta2;
        Epsilon ??= defaults.Epsilon;
        WeightDecay ??= defaults.WeightDecay;
        Moments ??= defaults.Moments;
        InitialLearningRate = LearningRate!.Value;
    }

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Check()
    {
        Check("learningRate", LearningRate, value => value >= 0, "at least 0");
        Check("beta1", Beta1, value => value is >= 0 and < 1, "at least 0 and less than 1");
        Check("beta2", Beta2, value => value is >= 0 and < 1, "at least 0 and less than 1");
        Check("epsilon", Epsilon, value => value >= 0, "at least 0");
        Check("weightDecay", WeightDecay, value => value >= 0, "at least 0");
        if (Moments is { } moments && !Enum.IsDefined(moments))
            throw new ArgumentOutOfRangeException("moments", moments, "moments must be Full or EightBit.");
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        base.SaveStateDict(writer);
        writer.Write(Beta1!.Value);
        writer.Write(Beta2!.Value);
        writer.Write(Epsilon!.Value);
        writer.Write(WeightDecay!.Value);
        writer.Write((int)Moments!.Value);
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        base.LoadStateDict(reader);
        (Beta1, Beta2) = (reader.ReadDouble(), reader.ReadDouble());
        (Epsilon, WeightDecay) = (reader.ReadDouble(), reader.ReadDouble());
        if ((MomentPrecision)reader.ReadInt32() is var saved && saved != Moments)
            throw new InvalidDataException(Mismatch(saved));
    }

    public override void LoadStateDict(OptimizerOptions source)
    {
        var other = (AdamOptions)source;
        if (other.Moments != Moments)
            throw new ArgumentException(Mismatch(other.Moments), nameof(source));
        base.LoadStateDict(source);
        (Beta1, Beta2) = (other.Beta1, other.Beta2);
        (Epsilon, WeightDecay) = (other.Epsilon, other.WeightDecay);
    }

    private string Mismatch(MomentPrecision? saved)
    {
        return $"The saved group has moments of the precision {saved}, and this one {Moments}. Create the optimizer as the saved one was.";
    }

    // NaN fails every comparison.
    private static void Check(string name, double? value, Func<double, bool> isValid, string range)
    {
        if (value is { } given && !isValid(given))
            throw new ArgumentOutOfRangeException(name, given, $"{name} must be {range}.");
    }
}
