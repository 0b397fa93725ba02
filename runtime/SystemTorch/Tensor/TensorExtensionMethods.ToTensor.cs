namespace TorchSharp;

using static torch;

public static partial class TensorExtensionMethods
{
    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false)
    {
        // The runtime takes an array of a signed type for one of the unsigned type as well: the element type is asked for.
        Array array = rawArray;
        return array switch
        {
            byte[] a when typeof(T) == typeof(byte) => tensor(a, dimensions, requires_grad: requires_grad),
            sbyte[] a when typeof(T) == typeof(sbyte) => tensor(a, dimensions, requires_grad: requires_grad),
            short[] a when typeof(T) == typeof(short) => tensor(a, dimensions, requires_grad: requires_grad),
            int[] a when typeof(T) == typeof(int) => tensor(a, dimensions, requires_grad: requires_grad),
            long[] a when typeof(T) == typeof(long) => tensor(a, dimensions, requires_grad: requires_grad),
            float[] a => tensor(a, dimensions, requires_grad: requires_grad),
            double[] a => tensor(a, dimensions, requires_grad: requires_grad),
            bool[] a => tensor(a, dimensions, requires_grad: requires_grad),
            BFloat16[] a => tensor(a, dimensions, requires_grad: requires_grad),
            _ => throw new NotImplementedException($"Creating tensor of type {typeof(T)} is not supported."),
        };
    }

    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false) where T : struct
    {
        if (requires_grad && scalar is not (float or double or BFloat16))
        {
            throw new ArgumentException("Only floating point types support gradients.", nameof(requires_grad));
        }

        return scalar switch
        {
            byte s => tensor(s, device, requires_grad),
            sbyte s => tensor(s, device, requires_grad),
            short s => tensor(s, device, requires_grad),
            int s => tensor(s, device, requires_grad),
            long s => tensor(s, null, device, requires_grad),
            float s => tensor(s, device, requires_grad),
            double s => tensor(s, null, device, requires_grad),
            BFloat16 s => tensor(s, null, device, requires_grad),
            _ => throw new NotImplementedException($"Creating tensor of type {typeof(T)} is not supported."),
        };
    }
}
