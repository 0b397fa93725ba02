namespace TorchSharp;

public static partial class torch
{
    public static int get_num_threads() => Native.st_threads();

    public static void set_num_threads(int num) => NativeError.Check(Native.st_set_threads(num));

    public static int get_num_interop_threads() => Native.st_interop_threads();

    public static void set_num_interop_threads(int num) => NativeError.Check(Native.st_set_interop_threads(num));
}
