using System.Runtime.InteropServices;

namespace TorchSharp;

// Devices, random numbers and threads.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial int st_device_count(int type);

    [LibraryImport(Library)]
    internal static partial int st_has_cudnn();

    [LibraryImport(Library)]
    internal static partial int st_synchronize(int index);

    [LibraryImport(Library)]
    internal static partial int st_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial IntPtr st_generator(int type, int index, int own);

    [LibraryImport(Library)]
    internal static partial void st_generator_free(IntPtr g);

    [LibraryImport(Library)]
    internal static partial int st_generator_seed(IntPtr g, long seed);

    [LibraryImport(Library)]
    internal static partial long st_generator_current_seed(IntPtr g);

    [LibraryImport(Library)]
    internal static partial long st_generator_new_seed(IntPtr g);

    [LibraryImport(Library)]
    internal static partial IntPtr st_generator_state(IntPtr g);

    [LibraryImport(Library)]
    internal static partial int st_generator_set_state(IntPtr g, IntPtr t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int st_threads();

    [LibraryImport(Library)]
    internal static partial int st_interop_threads();

    [LibraryImport(Library)]
    internal static partial int st_set_threads(int n);

    [LibraryImport(Library)]
    internal static partial int st_set_interop_threads(int n);
}
