using System.Runtime.InteropServices;

namespace TorchSharp;

// Errors, operators and calls.
internal static unsafe partial class Native
{
    private const string Library = "systemtorch";

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial IntPtr st_error();

    [LibraryImport(Library)]
    internal static partial void st_set_error(byte* message);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void st_clear_error();

    [LibraryImport(Library)]
    internal static partial IntPtr st_version();

    [LibraryImport(Library)]
    internal static partial IntPtr st_find(byte* name, byte* overload);

    [LibraryImport(Library)]
    internal static partial IntPtr st_call_tensor(IntPtr @operator, NativeArg* args, int count);

    [LibraryImport(Library)]
    internal static partial int st_call_void(IntPtr @operator, NativeArg* args, int count);

    [LibraryImport(Library)]
    internal static partial int st_call(IntPtr @operator, NativeArg* args, int count, NativeArg* results, int capacity);
}
