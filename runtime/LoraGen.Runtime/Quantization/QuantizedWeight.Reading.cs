using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>Restoring rows: on the CPU by vector instructions into memory that is used again, elsewhere by operators.</content>
internal sealed unsafe partial class QuantizedWeight
{
    private const int BlocksAtATime = 256;
    private const int ValuesAtATime = 512;
    private const long ReadGrain = 16384;

    // libtorch's threads, which have just computed, spin while they wait, unless the system tells them to sleep.
    private static readonly bool ThreadsSpin = !"PASSIVE".Equals(Environment.GetEnvironmentVariable("OMP_WAIT_POLICY"), StringComparison.OrdinalIgnoreCase);

    // With two threads, a spinning one takes more than is gained.
    private static int ReadingThreads => get_num_threads() is var threads && threads == 2 && ThreadsSpin ? 1 : threads;

    [ThreadStatic]
    private static Tensor? _floats;

    [ThreadStatic]
    private static Tensor? _bfloats;

    /// <summary>The parts in which products with the weight are computed.</summary>
    public IEnumerable<RowChunk> Chunks(ScalarType type) => RowChunk.OfProduct(Outputs, Inputs, _blockSize, ElementSize(type));

    /// <summary>Returns rows. The caller disposes the result, which is valid until the thread reads other rows of any weight.</summary>
    public Tensor Rows(RowChunk chunk, ScalarType type)
    {
        using var scope = NewDisposeScope();
        if (Device.type != DeviceType.CPU)
            return RowsByOperators(chunk, type).MoveToOuterDisposeScope();

        var rows = type == ScalarType.BFloat16 ? ReadBFloats(chunk) : ReadFloats(chunk);
        return rows.to(type).MoveToOuterDisposeScope();
    }

    /// <summary>Returns rows in a new tensor, computed by operators in their type.</summary>
    internal Tensor RowsByOperators(RowChunk chunk, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var (first, blocks) = BlocksOf(chunk);
        var table = tensor(_format.Expanded.ToArray(), device: Device).to(type).view(-1, _format.CodesPerByte);
        var codes = _codes.narrow(0, first * _blockBytes, blocks * _blockBytes).to(ScalarType.Int32);
        var scales = _scales.ReadAll().narrow(0, first, blocks).to(type).unsqueeze(1);
        var values = table.index_select(0, codes).view(blocks, -1).narrow(1, 0, _blockSize).mul(scales);
        return values.reshape(-1).narrow(0, 0, chunk.Count * Inputs).view(chunk.Count, Inputs).MoveToOuterDisposeScope();
    }

    private Tensor ReadFloats(RowChunk chunk)
    {
        var memory = Scratch(ref _floats, chunk, ScalarType.Float32);
        var (first, blocks) = BlocksOf(chunk);
        var to = TensorMemory.Of<float>(memory);
        TensorMemory.Divide(blocks, ReadGrain, ReadingThreads, (start, end) => Read(first + start, end - start, to + (start * _blockSize)));
        GC.KeepAlive(this);
        return View(memory, chunk);
    }

    private Tensor ReadBFloats(RowChunk chunk)
    {
        var memory = Scratch(ref _bfloats, chunk, ScalarType.BFloat16);
        var (first, blocks) = BlocksOf(chunk);
        var to = TensorMemory.Of<ushort>(memory);
        TensorMemory.Divide(blocks, ReadGrain, ReadingThreads, (start, end) => ReadRounded(first + start, end - start, to + (start * _blockSize)));
        GC.KeepAlive(this);
        return View(memory, chunk);
    }

    private void Read(long first, long count, float* to)
    {
        var codes = TensorMemory.Of<byte>(_codes);
        var scales = stackalloc float[BlocksAtATime];
        for (var start = 0L; start < count; start += BlocksAtATime)
        {
            var some = (int)Math.Min(BlocksAtATime, count - start);
            _scales.Read(first + start, some, scales);
            _format.Dequantize(codes + ((first + start) * _blockBytes), scales, some, _blockSize, to + (start * _blockSize));
        }
    }

    private void ReadRounded(long first, long count, ushort* to)
    {
        ReadInPieces(first, count, (position, length, values) => BFloat16Rounding.Round(values, length, to + position));
    }

    // Values of blocks, some at a time, in memory that stays in the processor's cache.
    private void ReadInPieces(long first, long count, PieceAction use)
    {
        var codes = TensorMemory.Of<byte>(_codes);
        var values = stackalloc float[ValuesAtATime];
        var scales = stackalloc float[BlocksAtATime];
        var blocks = Math.Clamp(ValuesAtATime / _blockSize, 1, BlocksAtATime);
        for (var start = 0L; start < count; start += blocks)
        {
            var some = (int)Math.Min(blocks, count - start);
            var from = codes + ((first + start) * _blockBytes);
            _scales.Read(first + start, some, scales);
            if (_blockSize <= ValuesAtATime)
            {
                _format.Dequantize(from, scales, some, _blockSize, values);
                use(start * _blockSize, some * _blockSize, values);
                continue;
            }

            for (var done = 0; done < _blockSize; done += ValuesAtATime)
            {
                var length = Math.Min(ValuesAtATime, _blockSize - done);
                _format.Dequantize(from + (done / _format.CodesPerByte), scales, 1, length, values);
                use((start * _blockSize) + done, length, values);
            }
        }
    }

    private (long First, long Count) BlocksOf(RowChunk chunk)
    {
        return (chunk.Start * Inputs / _blockSize, ((chunk.Count * Inputs) + _blockSize - 1) / _blockSize);
    }

    private static int ElementSize(ScalarType type) => type == ScalarType.BFloat16 ? sizeof(ushort) : sizeof(float);

    private Tensor View(Tensor memory, RowChunk chunk)
    {
        using var used = memory.narrow(0, 0, chunk.Count * Inputs);
        return used.view(chunk.Count, Inputs);
    }

    // The last block of a weight may be filled by a part only, but is read as a whole.
    [SuppressMessage("Reliability", "CA2000", Justification = "The thread keeps the tensor.")]
    private Tensor Scratch(ref Tensor? memory, RowChunk chunk, ScalarType type)
    {
        var needed = (chunk.Count * Inputs) + _blockSize;
        if (memory is null || memory.IsInvalid || memory.numel() < needed)
        {
            using var normal = inference_mode(false);
            memory?.Dispose();
            memory = empty(needed, dtype: type).DetachFromDisposeScope();
        }

        return memory;
    }

    private delegate void PieceAction(long position, int length, float* values);
}
