namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public long Dimensions
        {
            get
            {
                var dimensions = Native.st_dim(Handle);
                GC.KeepAlive(this);
                return dimensions;
            }
        }

        public long ndim => Dimensions;

        public long dim() => Dimensions;

        public long NumberOfElements
        {
            get
            {
                var count = Native.st_numel(Handle);
                GC.KeepAlive(this);
                return count >= 0 ? count : throw NativeError.Take();
            }
        }

        public long numel() => NumberOfElements;

        public long ElementSize
        {
            get
            {
                var size = Native.st_element_size(Handle);
                GC.KeepAlive(this);
                return size >= 0 ? size : throw NativeError.Take();
            }
        }

        public long element_size() => ElementSize;

        public long[] shape => size();

        public long[] size()
        {
            var sizes = new long[Dimensions];
            fixed (long* output = sizes)
            {
                NativeError.Check(Native.st_sizes(Handle, output));
            }

            GC.KeepAlive(this);
            return sizes;
        }

        public long size(int dim)
        {
            var size = Native.st_size(Handle, dim);
            GC.KeepAlive(this);
            return size >= 0 ? size : throw NativeError.Take();
        }

        public long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* output = strides)
            {
                NativeError.Check(Native.st_strides(Handle, output));
            }

            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim)
        {
            var stride = Native.st_stride(Handle, dim);
            GC.KeepAlive(this);
            return stride != long.MinValue ? stride : throw NativeError.Take();
        }

        public long storage_offset()
        {
            var offset = Native.st_storage_offset(Handle);
            GC.KeepAlive(this);
            return offset >= 0 ? offset : throw NativeError.Take();
        }

        public bool is_contiguous()
        {
            var contiguous = Native.st_is_contiguous(Handle);
            GC.KeepAlive(this);
            return contiguous >= 0 ? contiguous != 0 : throw NativeError.Take();
        }
    }

    public static long numel(Tensor input) => input.numel();
}
