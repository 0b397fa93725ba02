using System.Text;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        private const int LongestName = 256;

        public bool has_names()
        {
            var named = Native.st_has_names(Handle) != 0;
            GC.KeepAlive(this);
            return named;
        }

        public string[] names
        {
            get
            {
                // Dimensions without a name stand as null, in an array that TorchSharp does not annotate so.
                var result = new string[ndim];
                if (has_names())
                {
                    for (var i = 0; i < result.Length; i++)
                    {
                        result[i] = NameOf(i)!;
                    }
                }

                return result;
            }
        }

        public Tensor rename_(IEnumerable<string?>? names)
        {
            var list = names?.ToArray() ?? [];
            if (list.Length == 0)
            {
                NativeError.Check(Native.st_rename(Handle, null));
                GC.KeepAlive(this);
                return this;
            }

            if (list.Length != ndim)
            {
                throw new ArgumentException($"The number of dimension names ({list.Length}) is different from the number of dimensions ({ndim}).");
            }

            var joined = string.Concat(list.Select(name => (name ?? "*") + '\0'));
            fixed (byte* text = Encoding.UTF8.GetBytes(joined))
            {
                NativeError.Check(Native.st_rename(Handle, text));
            }

            GC.KeepAlive(this);
            return this;
        }

        private string? NameOf(int dimension)
        {
            var text = stackalloc byte[LongestName];
            var length = Native.st_name(Handle, dimension, text, LongestName);
            GC.KeepAlive(this);
            if (length < 0)
            {
                throw NativeError.Take();
            }

            return length == 0 ? null : Encoding.UTF8.GetString(text, Math.Min(length, LongestName));
        }
    }
}
