using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// The scales of a weight's blocks. With double quantisation their differences from their mean are stored in 8 bits, in groups of 256 with a scale of their
/// own: 0.127 bits for each weight instead of 0.5.
/// </summary>
internal abstract unsafe class BlockScales : IDisposable
{
    /// <summary>The bytes that are stored.</summary>
    public abstract long Bytes { get; }

    /// <summary>The bytes that are stored for so many scales.</summary>
    public static long BytesOf(long count, bool doubly) => doubly ? Doubled.BytesFor(count) : count * sizeof(float);

    /// <summary>Stores scales.</summary>
    /// <param name="scales">The scales [blocks], on the CPU, which the result owns.</param>
    /// <param name="doubly">Whether they are quantised too.</param>
    public static BlockScales Of(Tensor scales, bool doubly) => doubly ? Doubled.Of(scales) : new Plain(scales);

    /// <summary>Writes scales, whose tensors are on the CPU.</summary>
    /// <param name="first">The number of the first block.</param>
    /// <param name="count">How many are written.</param>
    /// <param name="to">Where they are written.</param>
    public abstract void Read(long first, int count, float* to);

    /// <summary>Returns all scales as a new tensor [blocks] on their device.</summary>
    public abstract Tensor ReadAll();

    public abstract void To(Device device);

    public abstract void Dispose();

    private sealed class Plain(Tensor scales) : BlockScales
    {
        private Tensor _scales = scales;

        public override long Bytes => _scales.numel() * sizeof(float);

        public override void Read(long first, int count, float* to)
        {
            new ReadOnlySpan<float>(TensorMemory.Of<float>(_scales) + first, count).CopyTo(new Span<float>(to, count));
        }

        public override Tensor ReadAll() => _scales.clone();

        public override void To(Device device) => _scales = Moved(_scales, device);

        public override void Dispose() => _scales.Dispose();
    }

    private sealed class Doubled(Tensor codes, Tensor groups, float mean) : BlockScales
    {
        private Tensor _codes = codes;
        private Tensor _groups = groups;

        public override long Bytes => BytesFor(_codes.numel());

        public static long BytesFor(long count) => count + (DynamicBlocks.Count(count) * sizeof(float)) + sizeof(float);

        public static Doubled Of(Tensor scales)
        {
            var count = scales.numel();
            var mean = Mean(TensorMemory.Of<float>(scales), count);
            var (codes, groups) = (zeros(count, dtype: ScalarType.Byte), zeros(DynamicBlocks.Count(count)));
            scales.add_(-mean);
            if (count > 0)
                DynamicBlocks.Write(DynamicCodes.Signed, scales, codes, groups);
            scales.Dispose();
            return new Doubled(codes.DetachFromDisposeScope(), groups.DetachFromDisposeScope(), mean);
        }

        public override void Read(long first, int count, float* to)
        {
            var codes = TensorMemory.Of<byte>(_codes);
            var groups = TensorMemory.Of<float>(_groups);
            var values = DynamicCodes.Signed.Values;
            for (var i = 0; i < count; i++)
                to[i] = (values[codes[first + i]] * groups[(first + i) / DynamicBlocks.Size]) + mean;
        }

        public override Tensor ReadAll()
        {
            using var scope = NewDisposeScope();
            var table = tensor(DynamicCodes.Signed.Values, device: _codes.device);
            var ofBlocks = _groups.repeat_interleave(DynamicBlocks.Size).narrow(0, 0, _codes.numel());
            return table.index_select(0, _codes.to(ScalarType.Int32)).mul_(ofBlocks).add_(mean).MoveToOuterDisposeScope();
        }

        public override void To(Device device) => (_codes, _groups) = (Moved(_codes, device), Moved(_groups, device));

        public override void Dispose()
        {
            _codes.Dispose();
            _groups.Dispose();
        }

        private static float Mean(float* values, long count)
        {
            var sum = 0.0;
            for (var i = 0L; i < count; i++)
                sum += values[i];
            return count == 0 ? 0 : (float)(sum / count);
        }
    }

    private static Tensor Moved(Tensor tensor, Device device)
    {
        if (tensor.device_type == device.type && tensor.device_index == device.index)
            return tensor;

        var moved = tensor.to(device).DetachFromDisposeScope();
        tensor.Dispose();
        return moved;
    }
}
