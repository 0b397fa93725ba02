using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Optimizers;

/// <summary>Adam's moments of one parameter.</summary>
internal abstract class AdamState : OptimizerState, IDisposable
{
    private readonly Moment _first;
    private readonly Moment _second;

    private protected AdamState(Parameter parameter, long[] momentShape, MomentPrecision precision)
        : base(parameter)
    {
        (Shape, IsHalf) = (parameter.shape, parameter.dtype is ScalarType.Float16 or ScalarType.BFloat16);
        Type = parameter.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var isFull = precision == MomentPrecision.Full || Type != ScalarType.Float32 || EightBitMoment.IsTooSmall(momentShape);
        (_first, _second) = (New(DynamicCodes.Signed), New(DynamicCodes.Unsigned));

        Moment New(DynamicCodes map) => isFull ? new FullMoment(momentShape, Type) : new EightBitMoment(momentShape, map);
    }

    public long Bytes => Tensors.Sum(stored => stored.Tensor.Bytes);

    /// <summary>The number of steps with a gradient since the state was created or reset.</summary>
    protected long Steps { get; private set; }

    /// <summary>
    /// The type in which a step is computed and full moments are stored: half precision would lose the second moment's changes of a thousandth.
    /// </summary>
    protected ScalarType Type { get; }

    /// <summary>The shape of the parameter, which may no longer exist.</summary>
    protected long[] Shape { get; }

    /// <summary>Whether the parameter is in half precision.</summary>
    protected bool IsHalf { get; }

    /// <summary>The tensors that the optimizer needs beside the moments, with their shapes.</summary>
    protected abstract IReadOnlyList<(StateTensor Tensor, long[] Shape)> Others { get; }

    private IEnumerable<(StateTensor Tensor, long[] Shape, ScalarType Type)> Tensors
    {
        get => [.. _first.Tensors, .. _second.Tensors, .. Others.Select(other => (other.Tensor, other.Shape, Type))];
    }

    /// <summary>Changes the parameter, if it has a gradient.</summary>
    public abstract void Update(AdamOptions options);

    /// <summary>Forgets all steps.</summary>
    public void Reset()
    {
        Steps = 0;
        foreach (var (tensor, _, _) in Tensors)
            tensor.Dispose();
    }

    public void Dispose() => Reset();

    public override void Initialize(OptimizerOptions options) => Reset();

    public override void to(Device device)
    {
        foreach (var (tensor, _, _) in Tensors)
            tensor.MoveTo(device);
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(Steps);
        foreach (var (tensor, _, _) in Tensors)
            tensor.Save(writer);
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        var steps = reader.ReadInt64();
        List<(StateTensor Tensor, Tensor? Value)> loaded = [];
        foreach (var (tensor, shape, type) in Tensors)
        {
            try
            {
                loaded.Add((tensor, StateTensor.Read(reader, shape, type, _parameter.device)));
            }
            catch (EndOfStreamException error)
            {
                throw new InvalidDataException(
                    $"The saved state ends within that of a parameter of shape [{string.Join(", ", _parameter.shape)}]: it was cut. Use a complete file, or begin "
                    + "without a state.",
                    error);
            }
            catch (ArgumentException error)
            {
                throw new InvalidDataException(
                    $"The saved state of a parameter of shape [{string.Join(", ", _parameter.shape)}] has a tensor of another shape or type than "
                    + $"[{string.Join(", ", shape)}] in {type}. Create the optimizer as the saved one was: for the same model, in the same type and with the "
                    + "same options.",
                    error);
            }
        }

        Reset();
        Steps = steps;
        foreach (var (tensor, value) in loaded.Where(entry => entry.Value is not null))
            tensor.Set(value!);
    }

    public override void LoadStateDict(OptimizerState source)
    {
        var other = (AdamState)source;
        if (_parameter.dtype != other._parameter.dtype || !_first.Shape.SequenceEqual(other._first.Shape))
        {
            throw new ArgumentException(
                $"The moments of a {_parameter.dtype} parameter of shape [{string.Join(", ", _parameter.shape)}] have the shape "
                + $"[{string.Join(", ", _first.Shape)}] here; in the source they have the shape [{string.Join(", ", other._first.Shape)}], of a "
                + $"{other._parameter.dtype} parameter. Create the optimizer as that one was.",
                nameof(source));
        }

        Steps = other.Steps;
        foreach (var ((tensor, _, _), (from, _, _)) in Tensors.Zip(other.Tensors))
            tensor.CopyFrom(from, _parameter.device);
    }

    public override bool ApproximatelyEquals(OptimizerState other)
    {
        return other is AdamState state
            && Steps == state.Steps
            && Tensors.Zip(state.Tensors).All(pair => AreClose(pair.First.Tensor.Value, pair.Second.Tensor.Value));
    }

    /// <summary>One step of Adam's moments; returns m̂ / (√v̂ + ε).</summary>
    protected Tensor Direction(Tensor gradient, AdamOptions options)
    {
        var (beta1, beta2) = (options.Beta1!.Value, options.Beta2!.Value);
        Steps++;
        var first = _first.Read(_parameter.device).mul_(beta1).add_(gradient, alpha: 1 - beta1);
        var second = _second.Read(_parameter.device).mul_(beta2).addcmul_(gradient, gradient, value: 1 - beta2);
        _first.Write(first);
        _second.Write(second);
        return first / (1 - Math.Pow(beta1, Steps)) / ((second / (1 - Math.Pow(beta2, Steps))).sqrt().add_(options.Epsilon!.Value));
    }

    private static bool AreClose(Tensor? one, Tensor? other)
    {
        return one is null ? other is null : other is not null && one.shape.SequenceEqual(other.shape) && one.allclose(other);
    }
}
