namespace TorchSharp;

internal sealed unsafe partial class Operator
{
    /// <summary>Calls an operator that gives one tensor.</summary>
    internal torch.Tensor Call(
        in Arg a, in Arg b, in Arg c, in Arg d,
        in Arg e = default, in Arg f = default, in Arg g = default, in Arg h = default, in Arg i = default, in Arg j = default) =>
        Wrap(Run(new Request(Mode.Tensor, null, 0), a, b, c, d, e, f, g, h, i, j));

    /// <summary>Calls an operator whose results are not wanted, such as one that works in place.</summary>
    internal void Apply(
        in Arg a, in Arg b, in Arg c, in Arg d,
        in Arg e = default, in Arg f = default, in Arg g = default, in Arg h = default, in Arg i = default, in Arg j = default) =>
        NativeError.Check((int)Run(new Request(Mode.Void, null, 0), a, b, c, d, e, f, g, h, i, j));

    internal (torch.Tensor, torch.Tensor) Call2(
        in Arg a, in Arg b = default, in Arg c = default, in Arg d = default, in Arg e = default, in Arg f = default, in Arg g = default)
    {
        var results = stackalloc NativeArg[2];
        Values(results, 2, a, b, c, d, e, f, g);
        return (Tensor(results[0]), Tensor(results[1]));
    }

    internal (torch.Tensor, torch.Tensor, torch.Tensor) Call3(
        in Arg a, in Arg b = default, in Arg c = default, in Arg d = default, in Arg e = default, in Arg f = default, in Arg g = default)
    {
        var results = stackalloc NativeArg[3];
        Values(results, 3, a, b, c, d, e, f, g);
        return (Tensor(results[0]), Tensor(results[1]), Tensor(results[2]));
    }

    internal (torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor) Call4(in Arg a, in Arg b = default, in Arg c = default, in Arg d = default)
    {
        var results = stackalloc NativeArg[4];
        Values(results, 4, a, b, c, d);
        return (Tensor(results[0]), Tensor(results[1]), Tensor(results[2]), Tensor(results[3]));
    }

    internal torch.Tensor[] CallList(in Arg a, in Arg b = default, in Arg c = default, in Arg d = default)
    {
        NativeArg result;
        Values(&result, 1, a, b, c, d);
        return NativeList.Take((IntPtr*)result.Bits, result.Count);
    }

    internal bool CallBool(in Arg a, in Arg b = default, in Arg c = default, in Arg d = default, in Arg e = default)
    {
        NativeArg result;
        Values(&result, 1, a, b, c, d, e);
        return result.Bits != 0;
    }

    internal Scalar CallScalar(in Arg a)
    {
        NativeArg result;
        Values(&result, 1, a);
        return result.Tag switch
        {
            NativeTag.Double => BitConverter.Int64BitsToDouble(result.Bits),
            NativeTag.Bool => result.Bits != 0,
            _ => result.Bits,
        };
    }

    private void Values(
        NativeArg* results, int count, in Arg a,
        in Arg b = default, in Arg c = default, in Arg d = default, in Arg e = default, in Arg f = default, in Arg g = default)
    {
        if ((int)Run(new Request(Mode.Values, results, count), a, b, c, d, e, f, g, default, default, default) < 0)
        {
            throw NativeError.Take();
        }
    }

    private static torch.Tensor Tensor(NativeArg result) => result.Bits == 0 ? null! : new torch.Tensor((IntPtr)result.Bits);
}
