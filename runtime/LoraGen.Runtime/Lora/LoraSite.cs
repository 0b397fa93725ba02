using LoraGen.Formats;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>LoRA on a layer of any kind: two small factors whose scaled product is added to what the layer's weight does.</summary>
public abstract class LoraSite : Site
{
    /// <param name="path">The layer's path.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="method">The options.</param>
    /// <param name="a">The shape of A.</param>
    /// <param name="b">The shape of B.</param>
    /// <param name="dtype">The type of both; null for float32, or float64 beside float64 weights.</param>
    private protected LoraSite(string path, BaseLayer layer, LoraMethod method, long[] a, long[] b, ScalarType? dtype)
        : base(path, layer)
    {
        _method = method;
        Scale = method.Scaling;
        var (type, device) = (TypeBeside(layer, dtype), layer.Device);
        A = LoraInitializer.Create(a, type, device);
        B = LoraInitializer.Create(b, type, device);
    }

    /// <summary>The factor that reads the input. Its first dimension is the rank.</summary>
    public Parameter A { get => _first is null ? field : _first.A; private set; }

    /// <summary>The factor that writes the output. Its first dimension is the output's.</summary>
    public Parameter B { get => _first is null ? field : _first.B; private set; }

    /// <summary>Rows of A and columns of B.</summary>
    public int Rank => _method.Rank;

    /// <summary>Numerator of the scaling.</summary>
    public double Alpha => _method.Alpha;

    /// <summary>What B·A is multiplied by.</summary>
    public double Scaling => _method.Scaling;

    /// <summary>Probability with which an input of A is zeroed while the layer is in training mode; an Embedding has no such input.</summary>
    public double Dropout => _method.Dropout;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [A, B];

    internal override bool IsReparametrized => _method.Reparametrize;

    internal override PeftMethod Peft => LoraPeft.Instance;

    internal bool IsRankStabilized => _method.RankStabilized;

    internal LoraInit InitA => _method.InitA;

    private LoraMethod _method;
    private LoraSite? _first;

    /// <summary>What it adds to the layer's weight, in the weight's shape and in the type of A and B. A new tensor.</summary>
    public abstract Tensor Delta();

    internal override void Start()
    {
        LoraInitializer.Fill(A, _method.InitA, Rank);
        LoraInitializer.Fill(B, _method.InitB, Rank);
    }

    internal override Tensor MergeInto(Tensor weight)
    {
        using var delta = Delta();
        using var cast = delta.to(weight.dtype, weight.device, copy: true);
        return weight.add(cast);
    }

    internal override void ShareWith(Site first)
    {
        DisposeParameters();
        _first = (LoraSite)first;
        _method = _first._method;
        Scale = _first.Scale;
    }

    internal override void To(Device? device, ScalarType? dtype)
    {
        A = Moved(A);
        B = Moved(B);

        Parameter Moved(Parameter parameter)
        {
            using var noGrad = no_grad();
            using var values = parameter.detach();
            var tensor = values.to(dtype ?? parameter.dtype, device ?? parameter.device, copy: true);
            var moved = new Parameter(tensor, parameter.requires_grad);
            moved.DetachFromDisposeScope();
            parameter.Dispose();
            return moved;
        }
    }

    /// <summary>The scaling, as tensors are multiplied by it.</summary>
    private protected Scalar Scale { get; private set; }

    /// <summary>Half-precision adapters lose small updates, so they are float32 (float64 beside float64) unless asked.</summary>
    private static ScalarType TypeBeside(BaseLayer layer, ScalarType? asked)
    {
        return asked ?? (layer.WeightType == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32);
    }

    /// <summary>The input in the type of A, with dropout in training mode; null where that is the input itself.</summary>
    private protected Tensor? Prepared(nn.Module module, Tensor input)
    {
        var cast = input.dtype == A.dtype ? null : input.to(A.dtype);
        if (Dropout == 0 || !module.training)
            return cast;

        var dropped = nn.functional.dropout(cast ?? input, Dropout);
        cast?.Dispose();
        return dropped;
    }

    private protected void EnsureSameDevice(Tensor input)
    {
        if (input.device_type != A.device_type || input.device_index != A.device_index)
        {
            throw new InvalidOperationException(
                $"{Path}: the input is on {input.device}, the adapter on {A.device}. Call the adapter's To({input.device}) before making the optimizer.");
        }
    }
}
