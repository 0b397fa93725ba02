using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>An argument or a result as it crosses to native code; mirrors Value in systemtorch.cpp.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal readonly struct NativeArg(NativeTag tag, int count, long bits)
{
    public readonly NativeTag Tag = tag;
    public readonly int Count = count;
    public readonly long Bits = bits;
}
