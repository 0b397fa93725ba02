namespace TorchSharp;

public static partial class torch
{
    public class Generator : IDisposable
    {
        private IntPtr handle;

        public Generator(ulong seed = 0, Device? device = null) : this(InitializeDevice(device ?? CPU), own: true)
        {
            manual_seed(unchecked((long)seed));
        }

        private Generator(Device device, bool own)
        {
            this.device = device;
            handle = Native.st_generator((int)device.type, device.index, own ? 1 : 0);
            if (handle == IntPtr.Zero)
            {
                throw NativeError.Take();
            }
        }

        ~Generator() => Dispose(false);

        public static Generator Default => DefaultOf(CPU);

        internal static Generator DefaultOf(Device device) => new(device, own: false);

        public Device device { get; }

        public IntPtr Handle => handle != IntPtr.Zero ? handle : throw new InvalidOperationException("Generator invalid -- empty handle.");

        public Generator manual_seed(long seed)
        {
            NativeError.Check(Native.st_generator_seed(Handle, seed));
            GC.KeepAlive(this);
            return this;
        }

        public long initial_seed()
        {
            var seed = Native.st_generator_current_seed(Handle);
            GC.KeepAlive(this);
            return seed;
        }

        public long seed()
        {
            var seed = Native.st_generator_new_seed(Handle);
            GC.KeepAlive(this);
            return seed;
        }

        public Tensor get_state()
        {
            var state = Native.st_generator_state(Handle);
            GC.KeepAlive(this);
            return state == IntPtr.Zero ? throw NativeError.Take() : new Tensor(state);
        }

        public void set_state(Tensor value)
        {
            ArgumentNullException.ThrowIfNull(value);
            NativeError.Check(Native.st_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var dead = Interlocked.Exchange(ref handle, IntPtr.Zero);
            if (dead != IntPtr.Zero)
            {
                Native.st_generator_free(dead);
            }
        }
    }
}
