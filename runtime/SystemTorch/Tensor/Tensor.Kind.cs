namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public ScalarType dtype
        {
            get
            {
                var type = (ScalarType)Native.st_dtype(Handle);
                GC.KeepAlive(this);
                return type;
            }
        }

        public DeviceType device_type
        {
            get
            {
                var type = Native.st_device_type(Handle);
                GC.KeepAlive(this);
                return type >= 0 ? (DeviceType)type : throw NativeError.Take();
            }
        }

        public int device_index
        {
            get
            {
                var index = Native.st_device_index(Handle);
                GC.KeepAlive(this);
                return index >= -1 ? index : throw NativeError.Take();
            }
        }

        public Device device => device_type is var type && type == DeviceType.CPU ? new(type) : new(type, device_index);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_sparse
        {
            get
            {
                var sparse = Native.st_is_sparse(Handle) != 0;
                GC.KeepAlive(this);
                return sparse;
            }
        }

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_quantized() => torch.is_quantized(dtype);

        public bool is_nonzero()
        {
            if (numel() != 1)
            {
                throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");
            }

            return ToScalar().ToBoolean();
        }
    }

    public static bool is_nonzero(Tensor input) => input.is_nonzero();
}
