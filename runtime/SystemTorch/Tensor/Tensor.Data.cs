using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ElementType.Check<T>(dtype);
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException("Number of elements in the tensor must be 1");
            }

            ElementType.Check<T>(dtype);
            if (device_type == DeviceType.CPU)
            {
                return TensorAccessor<T>.ReadItemAt(this, 0);
            }

            using var here = cpu();
            return TensorAccessor<T>.ReadItemAt(here, 0);
        }

        public Scalar ToScalar()
        {
            if (!is_complex() || numel() != 1)
            {
                return Aten.item.CallScalar(this);
            }

            using var here = to(ScalarType.ComplexFloat64, CPU);
            return TensorAccessor<System.Numerics.Complex>.ReadItemAt(here, 0);
        }

        public T ReadCpuValue<T>(long i) where T : unmanaged => TensorAccessor<T>.ReadItemAt(this, i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);

        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public float ReadCpuFloat16(long i) => (float)ReadCpuValue<Half>(i);

        public float ReadCpuBFloat16(long i) => (float)ReadCpuValue<BFloat16>(i);

        public Storage<T> storage<T>() where T : unmanaged => Storage.Create<T>(this);

        /// <summary>Where the first element is; the caller keeps the tensor alive.</summary>
        internal IntPtr DataPointer()
        {
            var pointer = Native.st_data(Handle);
            GC.KeepAlive(this);
            if (pointer == IntPtr.Zero)
            {
                NativeError.ThrowIfAny();
            }

            return pointer;
        }
    }
}

internal static partial class Aten
{
    internal static readonly Operator item = new("item");
}
