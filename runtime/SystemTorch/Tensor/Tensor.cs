namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of libtorch: a handle that this object owns.</summary>
    public partial class Tensor : IDisposable
    {
        private static long totalCount;
        private static long peakCount;

        internal IntPtr handle;

        internal Tensor(IntPtr handle, bool register = true)
        {
            this.handle = handle;
            var count = Interlocked.Increment(ref totalCount);
            if (count > peakCount)
            {
                peakCount = count;
            }

            if (register)
            {
                OwningDisposeScope = DisposeScopeManager.ThreadSingleton.Register(this);
            }
        }

        ~Tensor() => Dispose(false);

        internal DisposeScope? OwningDisposeScope { get; set; }

        public static long TotalCount => Interlocked.Read(ref totalCount);

        public static long PeakCount => Interlocked.Read(ref peakCount);

        public string? name { get; set; }

        public bool IsInvalid => handle == IntPtr.Zero;

        public IntPtr Handle => handle != IntPtr.Zero ? handle : throw Empty();

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public IntPtr DecoupleFromNativeHandle()
        {
            GC.SuppressFinalize(this);
            var taken = Handle;
            Interlocked.Decrement(ref totalCount);
            handle = IntPtr.Zero;
            return taken;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (handle == IntPtr.Zero)
            {
                return;
            }

            // The finalizer runs on a thread of its own, when the scope that owned this tensor is unreachable as well: nothing to tell.
            if (disposing)
            {
                DisposeScopeManager.ThreadSingleton.CountDisposal(this);
                OwningDisposeScope?.MarkAsDisposed(this);
            }

            var dead = Interlocked.Exchange(ref handle, IntPtr.Zero);
            if (dead != IntPtr.Zero)
            {
                Interlocked.Decrement(ref totalCount);
                Native.st_free(dead);
            }
        }

        /// <summary>Gives the handle to another object, which owns it from then on; this one is empty afterwards.</summary>
        internal IntPtr MoveHandle() => Interlocked.Exchange(ref handle, IntPtr.Zero);

        private static InvalidOperationException Empty() => new("Tensor invalid -- empty handle.");

        /// <summary>Wraps the handle that a native function gave, or throws what it left as an error.</summary>
        internal static Tensor FromNative(IntPtr result) => result != IntPtr.Zero ? new Tensor(result) : throw NativeError.Take();
    }
}
