#nullable disable
using System.Numerics;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The memory that a tensor, and every view of it, stands on.</summary>
    public abstract class Storage
    {
        protected Tensor _tensor;
        protected IntPtr _tensor_data_ptr;

        protected Storage()
        {
        }

        protected Storage(Tensor tensor) : this(tensor, IntPtr.Zero)
        {
        }

        protected Storage(Tensor tensor, IntPtr data_ptr)
        {
            _tensor = tensor;
            _tensor_data_ptr = data_ptr;
            this.data_ptr();
        }

        internal static Storage<T> Create<T>(Tensor tensor) where T : unmanaged
        {
            var type = typeof(T);
            var supported = type == typeof(byte) || type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(float)
                || type == typeof(double) || type == typeof((float, float)) || type == typeof(Complex);
            return supported ? new Storage<T>(tensor.to_type(ElementType.Of(type))) : throw new NotSupportedException($"A storage of {type} is not supported.");
        }

        public abstract int element_size();

        public IntPtr data_ptr()
        {
            if (_tensor_data_ptr == IntPtr.Zero && _tensor is not null)
            {
                _tensor_data_ptr = Native.st_storage_data(_tensor.Handle);
                GC.KeepAlive(_tensor);
                if (_tensor_data_ptr == IntPtr.Zero)
                {
                    NativeError.ThrowIfAny();
                }
            }

            return _tensor_data_ptr;
        }

        public ulong nbytes()
        {
            var bytes = Native.st_storage_bytes(_tensor.Handle);
            GC.KeepAlive(_tensor);
            return bytes >= 0 ? (ulong)bytes : throw NativeError.Take();
        }

        public Storage<bool> @bool() => _tensor.storage<bool>();

        public Storage<byte> @byte() => _tensor.storage<byte>();

        public Storage<int> @int() => _tensor.storage<int>();

        public Storage<long> @long() => _tensor.storage<long>();

        public Storage<float> @float() => _tensor.storage<float>();

        public Storage<double> @double() => _tensor.storage<double>();

        public Storage<(float, float)> complex_float() => _tensor.storage<(float, float)>();

        public Storage<Complex> complex_double() => _tensor.storage<Complex>();
    }
}
