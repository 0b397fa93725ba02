using LoraGen.Formats;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>LoRA on a linear layer: y ← y + scaling · B(A(dropout(x))).</summary>
public sealed class LoraLinear : Site
{
    internal LoraLinear(string path, LinearLayer layer, LoraMethod method, ScalarType? dtype)
        : base(path, layer)
    {
        _method = method;
        _scale = method.Scaling;

        // Half-precision adapters lose small updates, so they are float32 (float64 beside float64) unless asked.
        var type = dtype ?? (layer.Weight?.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32);
        A = LoraInitializer.Create(method.InitA, Rank, layer.InFeatures, Rank, type, layer.Device);
        B = LoraInitializer.Create(method.InitB, layer.OutFeatures, Rank, Rank, type, layer.Device);
    }

    /// <summary>The matrix that reads the input: [rank, in_features].</summary>
    public Parameter A { get => _first is null ? field : _first.A; private set; }

    /// <summary>The matrix that writes the output: [out_features, rank].</summary>
    public Parameter B { get => _first is null ? field : _first.B; private set; }

    /// <summary>Rows of A and columns of B.</summary>
    public int Rank => _method.Rank;

    /// <summary>Numerator of the scaling.</summary>
    public double Alpha => _method.Alpha;

    /// <summary>What B·A is multiplied by.</summary>
    public double Scaling => _method.Scaling;

    /// <summary>Probability with which an input of A is zeroed while the layer is in training mode.</summary>
    public double Dropout => _method.Dropout;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [A, B];

    internal override bool IsReparametrized => _method.Reparametrize;

    internal override PeftMethod Peft => LoraPeft.Instance;

    internal bool IsRankStabilized => _method.RankStabilized;

    internal LoraInit InitA => _method.InitA;

    private LoraMethod _method;
    private Scalar _scale;
    private LoraLinear? _first;

    /// <summary>scaling · B·A: [out_features, in_features], in the type of A and B. A new tensor.</summary>
    public Tensor Delta()
    {
        using var product = B.matmul(A);
        return product.mul(_scale);
    }

    internal override Tensor Forward(nn.Module module, Tensor input, Tensor output)
    {
        EnsureSameDevice(input);
        using var hidden = Hidden(module, input);
        using var columns = B.t();
        if (hidden.dtype != output.dtype)
            return AddCast(output, hidden, columns);

        return is_grad_enabled() || !output.is_contiguous() ? Add(output, hidden, columns) : AddInPlace(output, hidden, columns);
    }

    /// <summary>scaling · A(dropout(x)), one row a token: [tokens, rank]. The scaling is applied here, where it is cheapest.</summary>
    private Tensor Hidden(nn.Module module, Tensor input)
    {
        using var cast = input.dtype == A.dtype ? null : input.to(A.dtype);
        using var dropped = Dropout > 0 && module.training ? nn.functional.dropout(cast ?? input, Dropout) : null;
        using var rows = (dropped ?? cast ?? input).reshape(-1, Layer.InFeatures);
        return nn.functional.linear(rows, A).mul_(_scale);
    }

    private Tensor Add(Tensor output, Tensor hidden, Tensor columns)
    {
        using var rows = output.reshape(-1, Layer.OutFeatures);
        using var sum = rows.addmm(hidden, columns);
        return sum.view(output.shape);
    }

    private Tensor AddInPlace(Tensor output, Tensor hidden, Tensor columns)
    {
        using var rows = output.view(-1, Layer.OutFeatures);
        rows.addmm_(hidden, columns);
        return output;
    }

    private Tensor AddCast(Tensor output, Tensor hidden, Tensor columns)
    {
        using var product = hidden.matmul(columns);
        using var cast = product.to(output.dtype);
        using var delta = cast.view(output.shape);
        return output.add(delta);
    }

    private void EnsureSameDevice(Tensor input)
    {
        if (input.device_type != A.device_type || input.device_index != A.device_index)
        {
            throw new InvalidOperationException(
                $"{Path}: the input is on {input.device}, the adapter on {A.device}. Call the adapter's To({input.device}) before making the optimizer.");
        }
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
        _first = (LoraLinear)first;
        _method = _first._method;
        _scale = _first._scale;
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
}
