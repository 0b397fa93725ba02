using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The error that the last native call on this thread left.</summary>
internal static class NativeError
{
    private const string CppTrace = "\nException raised from ";

    /// <summary>
    /// The exception of a native call that failed: TorchSharp's type, libtorch's message without the C++ stack.
    /// An exception of managed code that native code called is thrown again as it was.
    /// </summary>
    internal static ExternalException Take()
    {
        var message = Marshal.PtrToStringUTF8(Native.st_error()) ?? "";
        Native.st_clear_error();
        ManagedFailure.Rethrow(message);
        var trace = message.IndexOf(CppTrace, StringComparison.Ordinal);
        return new ExternalException((trace < 0 ? message : message[..trace]).TrimEnd());
    }

    /// <summary>Throws where a native call gave its failure code.</summary>
    internal static void Check(int failed)
    {
        if (failed != 0)
        {
            throw Take();
        }
    }

    /// <summary>Whether the last native call on this thread found no memory, on whatever device.</summary>
    internal static bool IsOutOfMemory()
    {
        var message = Marshal.PtrToStringUTF8(Native.st_error()) ?? "";
        return message.Contains("out of memory", StringComparison.Ordinal) || message.Contains("can't allocate memory", StringComparison.Ordinal);
    }

    /// <summary>Throws if the last native call on this thread left an error.</summary>
    internal static void ThrowIfAny()
    {
        if (Marshal.ReadByte(Native.st_error()) != 0)
        {
            throw Take();
        }
    }
}
