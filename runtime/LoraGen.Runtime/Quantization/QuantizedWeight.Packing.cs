using static TorchSharp.torch;

namespace LoraGen;

/// <content>Quantising.</content>
internal sealed unsafe partial class QuantizedWeight
{
    private const int Grain = 1024;

    /// <summary>Quantises a weight, a part of its rows at a time.</summary>
    /// <param name="path">The layer's path, for messages.</param>
    /// <param name="weight">The weight [outputs, inputs], in any floating-point type. It stays as it is.</param>
    /// <param name="options">The format.</param>
    /// <param name="type">The type that the weight has in the model; null for the tensor's.</param>
    /// <exception cref="InvalidOperationException">The weight has values that are not finite.</exception>
    public static QuantizedWeight Of(string path, Tensor weight, BaseQuantization options, ScalarType? type = null)
    {
        using var noGrad = no_grad();
        using var normal = inference_mode(false);
        var format = BlockFormat.Of(options.Format);
        var size = BlockSizeOf(weight, options);
        var bytes = BytesOf(size, format);
        var blocks = size == 0 ? 0 : (weight.numel() + size - 1) / size;
        var codes = zeros(blocks * bytes, dtype: ScalarType.Byte).DetachFromDisposeScope();
        var scales = zeros(blocks).DetachFromDisposeScope();
        try
        {
            foreach (var chunk in RowChunk.All(weight.shape[0], weight.shape[1], size, RowChunk.FewestRows))
            {
                using var scope = NewDisposeScope();
                var rows = RowsOf(weight, chunk);
                var first = chunk.Start * weight.shape[1] / Math.Max(1, size);
                Pack(rows, size, bytes, format, TensorMemory.Of<byte>(codes) + (first * bytes), TensorMemory.Of<float>(scales) + first);
            }

            EnsureFinite(path, scales);
        }
        catch
        {
            codes.Dispose();
            scales.Dispose();
            throw;
        }

        var quantized = new QuantizedWeight(weight, type ?? weight.dtype, options, codes, scales);
        quantized.Error = quantized.ErrorOf(weight);
        quantized.To(weight.device);
        return quantized;
    }

    private static Tensor RowsOf(Tensor weight, RowChunk chunk)
    {
        return weight.narrow(0, chunk.Start, chunk.Count).to(ScalarType.Float32).cpu().contiguous();
    }

    private static void Pack(Tensor rows, int size, int bytes, BlockFormat format, byte* codes, float* scales)
    {
        var values = TensorMemory.Of<float>(rows);
        var count = rows.numel();
        TensorMemory.Divide((count + size - 1) / size, Grain, get_num_threads(), (start, end) =>
        {
            for (var block = start; block < end; block++)
                scales[block] = format.Quantize(values + (block * size), (int)Math.Min(size, count - (block * size)), codes + (block * bytes));
        });
        GC.KeepAlive(rows);
    }

    private static void EnsureFinite(string path, Tensor scales)
    {
        using var areFinite = scales.isfinite();
        using var all = areFinite.all();
        if (!all.item<bool>())
        {
            throw new InvalidOperationException(
                $"{path}: the weight has values that are not finite, so it can't be quantised. Check the model's checkpoint.");
        }
    }
}
