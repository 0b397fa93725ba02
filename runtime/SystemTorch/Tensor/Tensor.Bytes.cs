namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Span<byte> bytes
        {
            get
            {
                var size = NumberOfElements * ElementSize;
                CheckReadable();
                if (size > int.MaxValue)
                {
                    throw new ArgumentException("Span only supports up to int.MaxValue elements.");
                }

                return new Span<byte>((void*)DataPointer(), (int)size);
            }

            set
            {
                var size = NumberOfElements * ElementSize;
                CheckReadable();
                if (size != value.Length)
                {
                    throw new ArgumentException($"Mismatched data sizes in SetBytes(): the tensor has {size} bytes, got {value.Length}.");
                }

                value.CopyTo(new Span<byte>((void*)DataPointer(), value.Length));
                GC.KeepAlive(this);
            }
        }

        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            CheckReadable();
            var source = (byte*)DataPointer();
            for (var left = NumberOfElements * ElementSize; left > 0;)
            {
                var count = (int)Math.Min(left, bufferSize);
                stream.Write(new ReadOnlySpan<byte>(source, count));
                source += count;
                left -= count;
            }

            GC.KeepAlive(this);
        }

        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            CheckReadable();
            var target = (byte*)DataPointer();
            for (var left = NumberOfElements * ElementSize; left > 0;)
            {
                var count = stream.Read(new Span<byte>(target, (int)Math.Min(left, bufferSize)));
                if (count == 0)
                {
                    throw new EndOfStreamException();
                }

                target += count;
                left -= count;
            }

            GC.KeepAlive(this);
        }

        private void CheckReadable()
        {
            if (!is_contiguous())
            {
                throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
            }

            if (device_type != DeviceType.CPU)
            {
                throw new InvalidOperationException(
                    "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            }
        }
    }
}
