#nullable disable
using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    public sealed unsafe class Storage<T> : Storage, IDisposable, IEnumerable<T> where T : unmanaged
    {
        internal Storage(Tensor tensor) : base(tensor)
        {
        }

        public Device device => _tensor.device;

        public int Count => checked((int)(nbytes() / (ulong)sizeof(T)));

        public bool IsReadOnly => false;

        public T this[int index]
        {
            get => Elements[index];
            set => Elements[index] = value;
        }

        public override int element_size() => sizeof(T);

        public Storage<T> cuda(Device device = null) => _tensor.cuda(device).storage<T>();

        public Storage<T> cpu() => _tensor.cpu().storage<T>();

        public T[] ToArray() => Elements.ToArray();

        public IList<T> tolist() => ToArray();

        public bool Contains(T item) => IndexOf(item) >= 0;

        public int IndexOf(T item) => Array.IndexOf(ToArray(), item);

        public void fill_(T value) => Elements.Fill(value);

        public void copy_(IList<T> array) => CopyFrom(array, 0);

        public void CopyTo(IList<T> array, int arrayIndex)
        {
            var elements = Elements;
            for (var i = 0; i < elements.Length && i < array.Count - arrayIndex; i++)
            {
                array[i + arrayIndex] = elements[i];
            }
        }

        public void CopyFrom(IList<T> array, int arrayIndex)
        {
            var elements = Elements;
            for (var i = 0; i < elements.Length && i < array.Count - arrayIndex; i++)
            {
                elements[i] = array[i + arrayIndex];
            }
        }

        public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose() => _tensor_data_ptr = IntPtr.Zero;

        private Span<T> Elements
        {
            get
            {
                if (_tensor.device_type != DeviceType.CPU)
                {
                    throw new InvalidOperationException(
                        "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                }

                return new((void*)data_ptr(), Count);
            }
        }
    }
}
