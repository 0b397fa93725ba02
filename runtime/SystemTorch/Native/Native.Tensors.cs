using System.Runtime.InteropServices;

namespace TorchSharp;

// Tensor handles and what can be asked of them without an operator.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial void st_free(IntPtr handle);

    [LibraryImport(Library)]
    internal static partial void st_free_list(IntPtr* handles);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long st_live_handles();

    [LibraryImport(Library)]
    internal static partial IntPtr st_alias(IntPtr t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long st_dim(IntPtr t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long st_numel(IntPtr t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int st_dtype(IntPtr t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int st_device_type(IntPtr t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int st_device_index(IntPtr t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long st_element_size(IntPtr t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int st_sizes(IntPtr t, long* output);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int st_strides(IntPtr t, long* output);

    [LibraryImport(Library)]
    internal static partial long st_size(IntPtr t, long dim);

    [LibraryImport(Library)]
    internal static partial long st_stride(IntPtr t, long dim);

    [LibraryImport(Library)]
    internal static partial long st_storage_offset(IntPtr t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int st_is_contiguous(IntPtr t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int st_is_sparse(IntPtr t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int st_is_leaf(IntPtr t);

    [LibraryImport(Library)]
    internal static partial IntPtr st_data(IntPtr t);

    [LibraryImport(Library)]
    internal static partial IntPtr st_storage_data(IntPtr t);

    [LibraryImport(Library)]
    internal static partial long st_storage_bytes(IntPtr t);

    [LibraryImport(Library)]
    internal static partial IntPtr st_from_blob(
        IntPtr data, long* sizes, int dims, int dtype, delegate* unmanaged<IntPtr, void> release, IntPtr state);

    [LibraryImport(Library)]
    internal static partial int st_rename(IntPtr t, byte* names);

    [LibraryImport(Library)]
    internal static partial int st_has_names(IntPtr t);

    [LibraryImport(Library)]
    internal static partial int st_name(IntPtr t, long dim, byte* output, int capacity);
}
