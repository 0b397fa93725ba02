using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The quantised weight of a Linear [outputs, inputs]: codes in blocks that follow one another row by row, and the scales of the blocks.</summary>
internal sealed partial class QuantizedWeight : IDisposable
{
    private readonly BlockFormat _format;
    private readonly int _blockSize;
    private readonly int _blockBytes;
    private readonly BlockScales _scales;
    private Tensor _codes;

    private QuantizedWeight(Tensor weight, ScalarType type, BaseQuantization options, Tensor codes, Tensor scales)
    {
        (Outputs, Inputs, Type, Options) = (weight.shape[0], weight.shape[1], type, options);
        _format = BlockFormat.Of(options.Format);
        _blockSize = BlockSizeOf(weight, options);
        _blockBytes = BytesOf(_blockSize, _format);
        _codes = codes;
        _scales = BlockScales.Of(scales, options.DoubleQuantization && options.Format != Quantization.Int8);
    }

    public long Outputs { get; }

    public long Inputs { get; }

    /// <summary>The type that the weight had.</summary>
    public ScalarType Type { get; }

    public BaseQuantization Options { get; }

    /// <summary>The bytes that are stored.</summary>
    public long Bytes => _codes.numel() + _scales.Bytes;

    /// <summary>‖W - Q‖ / ‖W‖ for the weight W that was quantised.</summary>
    public double Error { get; private set; }

    public Device Device => _codes.device;

    /// <summary>The type in which products with the weight are computed.</summary>
    public ScalarType ComputeType => Options.ComputeType switch
    {
        LoraGen.ComputeType.Float32 => ScalarType.Float32,
        LoraGen.ComputeType.BFloat16 => ScalarType.BFloat16,
        _ => Type == ScalarType.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32,
    };

    /// <summary>Returns the values as a new tensor, in the type that the weight had unless another one is given.</summary>
    public Tensor Dequantize(ScalarType? type = null)
    {
        var all = empty(Outputs, Inputs, dtype: type ?? Type, device: Device);
        using var noGrad = no_grad();
        foreach (var chunk in Chunks(all.dtype == ScalarType.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32))
        {
            using var rows = Rows(chunk, ScalarType.Float32);
            using var target = all.narrow(0, chunk.Start, chunk.Count);
            target.copy_(rows);
        }

        return all;
    }

    /// <summary>Moves the weight.</summary>
    public void To(Device device)
    {
        if (Device.type == device.type && Device.index == device.index)
            return;

        var moved = _codes.to(device).DetachFromDisposeScope();
        _codes.Dispose();
        _codes = moved;
        _scales.To(device);
    }

    public void Dispose()
    {
        _codes.Dispose();
        _scales.Dispose();
    }

    private static int BlockSizeOf(Tensor weight, BaseQuantization options)
    {
        return options.Format == Quantization.Int8 ? checked((int)weight.shape[1]) : options.BlockSize;
    }

    private static int BytesOf(int count, BlockFormat format) => (count + format.CodesPerByte - 1) / format.CodesPerByte;
}
