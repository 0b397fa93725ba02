namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor on the array's own memory where the element type and the device allow it.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device ?? CPU);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var element = rawArray.GetType().GetElementType();
        return element == typeof((float, float))
            ? ArrayFactory.Copy<(float, float)>(rawArray, dtype, device, requires_grad, names)
            : ArrayFactory.Share(rawArray, ArrayFactory.Sizes(rawArray), 0, dtype, device, requires_grad, names);
    }

    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var length = rawArray.LongLength;
        if (offset < 0 || offset >= length)
        {
            throw new ArgumentException($"invalid value for 'offset': {offset}");
        }

        count = count < 0 ? length - offset : count;
        if (count > length - offset)
        {
            throw new IndexOutOfRangeException($"element count is too large: {count}");
        }

        return ArrayFactory.Share(rawArray, [count], offset, dtype, CPU, requires_grad);
    }
}
