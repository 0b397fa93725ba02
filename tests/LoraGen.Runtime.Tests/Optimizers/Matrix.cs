using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Optimizers;

/// <summary>Matrices of doubles in plain loops, for references that are written from pseudocode.</summary>
internal static class Matrix
{
    public static double[,] Of(long rows, long columns, Func<int, int, double> element)
    {
        var matrix = new double[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                matrix[i, j] = element(i, j);
        }

        return matrix;
    }

    public static double[,] Of(Tensor tensor)
    {
        var values = MemoryMarshal.Cast<byte, double>(tensor.detach().to(ScalarType.Float64).cpu().contiguous().bytes).ToArray();
        var columns = tensor.shape.Length == 1 ? 1 : tensor.shape[1];
        return Of(tensor.shape[0], columns, (i, j) => values[(i * columns) + j]);
    }

    public static double[,] Map(this double[,] matrix, Func<double, double> function)
    {
        return Of(matrix.GetLength(0), matrix.GetLength(1), (i, j) => function(matrix[i, j]));
    }

    public static double[,] Zip(this double[,] left, double[,] right, Func<double, double, double> function)
    {
        return Of(left.GetLength(0), left.GetLength(1), (i, j) => function(left[i, j], right[i, j]));
    }

    public static double[,] Transposed(this double[,] matrix) => Of(matrix.GetLength(1), matrix.GetLength(0), (i, j) => matrix[j, i]);

    public static double[,] Times(this double[,] left, double[,] right)
    {
        return Of(left.GetLength(0), right.GetLength(1), (i, j) =>
        {
            var sum = 0.0;
            for (var k = 0; k < left.GetLength(1); k++)
                sum += left[i, k] * right[k, j];
            return sum;
        });
    }

    public static Tensor ToTensor(this double[,] matrix) => tensor(matrix).to(TestDevice.Device);
}
