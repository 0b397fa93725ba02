using System.Runtime.CompilerServices;
using System.Text;

namespace TorchSharp;

/// <summary>One overload of one operator of libtorch. Arguments that are left out at the end take the schema's defaults.</summary>
internal sealed unsafe partial class Operator(string name, string overload = "")
{
    private const int MaxArguments = 10;

    // Zero for an operator that this libtorch does not have: only a call is an error then.
    private readonly IntPtr handle = Find(name, overload);

    /// <summary>Whether this libtorch has the operator.</summary>
    internal bool Exists => handle != IntPtr.Zero;

    private static IntPtr Find(string name, string overload)
    {
        fixed (byte* n = Encoding.UTF8.GetBytes("aten::" + name + '\0'), o = Encoding.UTF8.GetBytes(overload + '\0'))
        {
            return Native.st_find(n, o);
        }
    }

    private IntPtr Handle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => handle != IntPtr.Zero ? handle : throw Missing();
    }

    private NotSupportedException Missing() =>
        new($"libtorch {torch.__version__} has no operator aten::{(overload.Length == 0 ? name : $"{name}.{overload}")}: this call needs a newer libtorch.");

    private static torch.Tensor Wrap(IntPtr tensor)
    {
        if (tensor == IntPtr.Zero)
        {
            NativeError.ThrowIfAny();
            return null!;
        }

        return new torch.Tensor(tensor);
    }

    private enum Mode
    {
        Tensor,
        Void,
        Values,
    }

    private readonly ref struct Request(Mode mode, NativeArg* results, int capacity)
    {
        internal readonly Mode Mode = mode;
        internal readonly NativeArg* Results = results;
        internal readonly int Capacity = capacity;
    }

    private IntPtr Run(Request request, NativeArg* args, int count)
    {
        switch (request.Mode)
        {
            case Mode.Void:
                return Native.st_call_void(Handle, args, count);
            case Mode.Values:
                return Native.st_call(Handle, args, count, request.Results, request.Capacity);
        }

        // Tensors that nobody holds still fill the memory until the garbage collector, which does not see their size, comes by.
        var tensor = Native.st_call_tensor(Handle, args, count);
        if (tensor == IntPtr.Zero && NativeError.IsOutOfMemory())
        {
            Native.st_clear_error();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            tensor = Native.st_call_tensor(Handle, args, count);
        }

        return tensor;
    }

    private IntPtr Run(
        Request request, in Arg a, in Arg b, in Arg c, in Arg d, in Arg e, in Arg f, in Arg g, in Arg h, in Arg i, in Arg j)
    {
        var args = stackalloc NativeArg[MaxArguments];
        fixed (byte* pa = &a.Data, pb = &b.Data, pc = &c.Data, pd = &d.Data, pe = &e.Data)
        fixed (byte* pf = &f.Data, pg = &g.Data, ph = &h.Data, pi = &i.Data, pj = &j.Data)
        {
            args[0] = a.ToNative(pa);
            args[1] = b.ToNative(pb);
            args[2] = c.ToNative(pc);
            args[3] = d.ToNative(pd);
            args[4] = e.ToNative(pe);
            args[5] = f.ToNative(pf);
            args[6] = g.ToNative(pg);
            args[7] = h.ToNative(ph);
            args[8] = i.ToNative(pi);
            args[9] = j.ToNative(pj);
            var count = !b.Present ? 1 : !c.Present ? 2 : !d.Present ? 3 : !e.Present ? 4 : !f.Present ? 5
                : !g.Present ? 6 : !h.Present ? 7 : !i.Present ? 8 : !j.Present ? 9 : 10;
            var result = Run(request, args, count);
            KeepAlive(a, b, c, d, e);
            KeepAlive(f, g, h, i, j);
            return result;
        }
    }

    private static void KeepAlive(in Arg a, in Arg b, in Arg c, in Arg d, in Arg e)
    {
        GC.KeepAlive(a.Owner);
        GC.KeepAlive(b.Owner);
        GC.KeepAlive(c.Owner);
        GC.KeepAlive(d.Owner);
        GC.KeepAlive(e.Owner);
    }
}
