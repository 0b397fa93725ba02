namespace TorchSharp.Modules;

/// <summary>The table of an <see cref="Embedding"/>, out of reach of dispose scopes and of the registry: in TorchSharp libtorch's own module has it.</summary>
internal sealed class EmbeddingTable : IDisposable
{
    private static readonly Operator Lookup = new("embedding");
    private static readonly Operator Renormalize = new("embedding_renorm_");
    private static readonly Operator SetData = new("set_data");

    private readonly torch.Tensor _made;
    private torch.Tensor _current;

    public EmbeddingTable(long rows, long width, long? zeroRow)
    {
        using var scope = torch.NewDisposeScope();
        _made = torch.empty(rows, width).DetachFromDisposeScope();
        _current = _made;
        torch.nn.init.normal_(_made);
        if (zeroRow is { } row)
            _made[row].zero_();
        _made.requires_grad = true;
    }

    /// <summary>Another wrapper of the table in use.</summary>
    public Parameter Wrap() => new(Alias(_current));

    public void Replace(Parameter value)
    {
        var old = _current;
        _current = new torch.Tensor(Alias(value), false);
        if (!ReferenceEquals(old, _made))
            old.Dispose();
    }

    /// <summary>Converts the table that the module was made with, in place, so that all wrappers of it see the change.</summary>
    public void Move(torch.ScalarType? dtype, torch.Device? device)
    {
        using var guard = torch.no_grad();
        using var moved = _made.to(dtype ?? _made.dtype, device ?? _made.device);
        SetData.Apply(_made, moved);
    }

    public torch.Tensor Rows(torch.Tensor input, EmbeddingOptions options)
    {
        if (options.MaxNorm is not { } maxNorm)
            return Lookup.Call(_current, input, options.PaddingIndex ?? -1, options.ScaleGradByFreq, options.Sparse);

        using var indices = input.contiguous();
        using (torch.no_grad())
            Renormalize.Apply(_current, indices, maxNorm, options.NormType);
        return Lookup.Call(_current, indices, options.PaddingIndex ?? -1, options.ScaleGradByFreq, options.Sparse);
    }

    private static IntPtr Alias(torch.Tensor tensor)
    {
        var alias = Native.st_alias(tensor.Handle);
        GC.KeepAlive(tensor);
        return alias;
    }

    public void Dispose()
    {
        _made.Dispose();
        _current.Dispose();
    }
}
