using System.Numerics;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>The error of quantising, computed in parts, without a restored weight.</content>
internal sealed unsafe partial class QuantizedWeight
{
    private double ErrorOf(Tensor weight)
    {
        var (error, all) = (0.0, 0.0);
        foreach (var chunk in RowChunk.All(Outputs, Inputs, _blockSize, RowChunk.FewestRows))
        {
            using var scope = NewDisposeScope();
            var rows = RowsOf(weight, chunk);
            var (first, blocks) = BlocksOf(chunk);
            var (errors, squares) = (new double[blocks], new double[blocks]);
            var values = TensorMemory.Of<float>(rows);
            var count = rows.numel();

            // The sums of each part by themselves, so that the result does not depend on the number of threads.
            TensorMemory.Divide((blocks + BlocksAtATime - 1) / BlocksAtATime, Grain / BlocksAtATime, get_num_threads(), (start, end) =>
            {
                for (var part = start; part < end; part++)
                {
                    var block = part * BlocksAtATime;
                    var offset = block * _blockSize;
                    ReadInPieces(first + block, Math.Min(BlocksAtATime, blocks - block), (position, length, restored) =>
                    {
                        var at = offset + position;
                        var (piece, whole) = Squares(values + at, restored, (int)Math.Clamp(count - at, 0, length));
                        errors[block] += piece;
                        squares[block] += whole;
                    });
                }
            });
            GC.KeepAlive(rows);
            error += errors.Sum();
            all += squares.Sum();
        }

        return all == 0 ? 0 : Math.Sqrt(error / all);
    }

    // Of the differences, and of the values.
    private static (double Errors, double Values) Squares(float* values, float* restored, int count)
    {
        var (errors, squares) = (Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            var value = *(Vector<float>*)(values + i);
            var difference = value - *(Vector<float>*)(restored + i);
            errors += difference * difference;
            squares += value * value;
        }

        var (error, square) = ((double)Vector.Sum(errors), (double)Vector.Sum(squares));
        for (; i < count; i++)
        {
            var difference = values[i] - restored[i];
            error += difference * difference;
            square += values[i] * values[i];
        }

        return (error, square);
    }
}
