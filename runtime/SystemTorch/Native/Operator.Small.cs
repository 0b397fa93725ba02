using System.Runtime.CompilerServices;

namespace TorchSharp;

// The same calls with one to three arguments: most calls of small tensors are these, and the general form would cost them a tenth more.
internal sealed unsafe partial class Operator
{
    [SkipLocalsInit]
    internal torch.Tensor Call(in Arg a)
    {
        fixed (byte* pa = &a.Data)
        {
            var arg = a.ToNative(pa);
            var result = Native.st_call_tensor(Handle, &arg, 1);
            GC.KeepAlive(a.Owner);
            return Wrap(result);
        }
    }

    [SkipLocalsInit]
    internal torch.Tensor Call(in Arg a, in Arg b)
    {
        var args = stackalloc NativeArg[2];
        fixed (byte* pa = &a.Data, pb = &b.Data)
        {
            args[0] = a.ToNative(pa);
            args[1] = b.ToNative(pb);
            var result = Native.st_call_tensor(Handle, args, 2);
            GC.KeepAlive(a.Owner);
            GC.KeepAlive(b.Owner);
            return Wrap(result);
        }
    }

    [SkipLocalsInit]
    internal torch.Tensor Call(in Arg a, in Arg b, in Arg c)
    {
        var args = stackalloc NativeArg[3];
        fixed (byte* pa = &a.Data, pb = &b.Data, pc = &c.Data)
        {
            args[0] = a.ToNative(pa);
            args[1] = b.ToNative(pb);
            args[2] = c.ToNative(pc);
            var result = Native.st_call_tensor(Handle, args, 3);
            GC.KeepAlive(a.Owner);
            GC.KeepAlive(b.Owner);
            GC.KeepAlive(c.Owner);
            return Wrap(result);
        }
    }

    [SkipLocalsInit]
    internal void Apply(in Arg a)
    {
        fixed (byte* pa = &a.Data)
        {
            var arg = a.ToNative(pa);
            var failed = Native.st_call_void(Handle, &arg, 1);
            GC.KeepAlive(a.Owner);
            NativeError.Check(failed);
        }
    }

    [SkipLocalsInit]
    internal void Apply(in Arg a, in Arg b)
    {
        var args = stackalloc NativeArg[2];
        fixed (byte* pa = &a.Data, pb = &b.Data)
        {
            args[0] = a.ToNative(pa);
            args[1] = b.ToNative(pb);
            var failed = Native.st_call_void(Handle, args, 2);
            GC.KeepAlive(a.Owner);
            GC.KeepAlive(b.Owner);
            NativeError.Check(failed);
        }
    }

    [SkipLocalsInit]
    internal void Apply(in Arg a, in Arg b, in Arg c)
    {
        var args = stackalloc NativeArg[3];
        fixed (byte* pa = &a.Data, pb = &b.Data, pc = &c.Data)
        {
            args[0] = a.ToNative(pa);
            args[1] = b.ToNative(pb);
            args[2] = c.ToNative(pc);
            var failed = Native.st_call_void(Handle, args, 3);
            GC.KeepAlive(a.Owner);
            GC.KeepAlive(b.Owner);
            GC.KeepAlive(c.Owner);
            NativeError.Check(failed);
        }
    }
}
