using System.Runtime.InteropServices;

namespace TorchSharp;

// Gradients, gradient modes and custom functions.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int st_requires_grad(IntPtr t);

    [LibraryImport(Library)]
    internal static partial int st_set_requires_grad(IntPtr t, int value);

    [LibraryImport(Library)]
    internal static partial IntPtr st_grad(IntPtr t);

    [LibraryImport(Library)]
    internal static partial int st_set_grad(IntPtr t, IntPtr grad);

    [LibraryImport(Library)]
    internal static partial int st_retain_grad(IntPtr t);

    [LibraryImport(Library)]
    internal static partial int st_backward(
        IntPtr* tensors, int count, IntPtr* grads, int gradCount, int retain, int create, IntPtr* inputs, int inputCount);

    [LibraryImport(Library)]
    internal static partial int st_grads(
        IntPtr* outputs, int count, IntPtr* inputs, int inputCount, IntPtr* grads, int gradCount, int retain, int create, int allowUnused, IntPtr* results);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int st_grad_mode();

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void st_set_grad_mode(int enabled);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int st_inference_mode();

    [LibraryImport(Library)]
    internal static partial IntPtr st_enter_inference_mode(int enabled);

    [LibraryImport(Library)]
    internal static partial void st_leave_inference_mode(IntPtr guard);

    [LibraryImport(Library)]
    internal static partial int st_anomaly_mode();

    [LibraryImport(Library)]
    internal static partial int st_anomaly_checks_nan();

    [LibraryImport(Library)]
    internal static partial void st_set_anomaly_mode(int enabled, int checkNan);

    [LibraryImport(Library)]
    internal static partial int st_apply_function(NativeCallbacks callbacks, IntPtr managed, IntPtr* inputs, int count, IntPtr** outputs);

    [LibraryImport(Library)]
    internal static partial void st_add_to_list(IntPtr list, IntPtr t);

    [LibraryImport(Library)]
    internal static partial int st_context_save(IntPtr c, IntPtr* tensors, int n);

    [LibraryImport(Library)]
    internal static partial int st_context_saved(IntPtr c, IntPtr** tensors);

    [LibraryImport(Library)]
    internal static partial void st_context_mark_dirty(IntPtr c, IntPtr* tensors, int n);

    [LibraryImport(Library)]
    internal static partial void st_context_mark_constant(IntPtr c, IntPtr* tensors, int n);

    [LibraryImport(Library)]
    internal static partial void st_context_materialize(IntPtr c, int value);
}
