using LoraGen.Formats;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>LoRA on a layer of any kind: two small factors whose scaled product is added to what the layer's weight does.</summary>
public abstract class LoraSite : Site
{
    private protected LoraSite(string path, BaseLayer layer, LoraMethod method, ScalarType? dtype)
        : base(path, layer, method, dtype)
    {
        _method = method;
        Scale = method.Scaling;
    }

    /// <summary>The factor that reads the input. Its first dimension is the rank.</summary>
    public Parameter A => Parameter(0);

    /// <summary>The factor that writes the output. Its first dimension is the output's.</summary>
    public Parameter B => Parameter(1);

    /// <summary>Rows of A and columns of B.</summary>
    public int Rank => _method.Rank;

    /// <summary>Numerator of the scaling.</summary>
    public double Alpha => _method.Alpha;

    /// <summary>What B·A is multiplied by.</summary>
    public double Scaling => _method.Scaling;

    /// <summary>Probability with which an input of A is zeroed while the layer is in training mode; an Embedding has no such input.</summary>
    public double Dropout => _method.Dropout;

    internal override bool IsReparametrized => _method.Reparametrize;

    internal override PeftMethod Peft => LoraPeft.Instance;

    internal bool IsRankStabilized => _method.RankStabilized;

    internal LoraInit InitA => _method.InitA;

    private LoraMethod _method;

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
        base.ShareWith(first);
        _method = ((LoraSite)first)._method;
        Scale = _method.Scaling;
    }

    /// <summary>The scaling, as tensors are multiplied by it.</summary>
    private protected Scalar Scale { get; private set; }

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
}
