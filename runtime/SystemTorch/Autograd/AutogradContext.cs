#nullable disable
namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        /// <summary>What a custom function keeps from its forward for its backward.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> data = [];
            private List<Tensor> saved = [];
            private List<Tensor> dirty = [];
            private List<Tensor> constant = [];
            private IntPtr native;

            internal AutogradContext()
            {
            }

            public bool MaterializeGrads { get; private set; } = true;

            public void save_for_backward(List<Tensor> tensors) => saved = tensors;

            public void mark_dirty(List<Tensor> tensors) => dirty = [.. tensors];

            public void mark_non_differentiable(List<Tensor> tensors) => constant = [.. tensors];

            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            public void save_data(string key, object value) => data[key] = value;

            public object get_data(string key) => data.GetValueOrDefault(key);

            public List<Tensor> get_saved_variables()
            {
                if (native == IntPtr.Zero)
                {
                    return [];
                }

                IntPtr* handles;
                var count = Native.st_context_saved(native, &handles);
                return count >= 0 ? [.. NativeList.Take(handles, count)] : throw NativeError.Take();
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (disposing)
                {
                    data.Clear();
                    Forget();
                }
            }

            /// <summary>The node of the graph is gone, and libtorch's context with it.</summary>
            internal void Forget() => native = IntPtr.Zero;

            /// <summary>Hands to libtorch what forward has left here; libtorch's own context lives as long as the node of the graph.</summary>
            internal void Commit(IntPtr context)
            {
                native = context;
                Native.st_context_materialize(context, MaterializeGrads ? 1 : 0);
                IntPtr[] ofDirty = NativeList.Handles(dirty), ofConstant = NativeList.Handles(constant);
                var ofSaved = saved.Select(tensor => tensor is null || tensor.IsInvalid ? IntPtr.Zero : tensor.Handle).ToArray();
                fixed (IntPtr* d = ofDirty, c = ofConstant, s = ofSaved)
                {
                    Native.st_context_mark_dirty(context, d, ofDirty.Length);
                    Native.st_context_mark_constant(context, c, ofConstant.Length);
                    NativeError.Check(Native.st_context_save(context, s, ofSaved.Length));
                }

                GC.KeepAlive(dirty);
                GC.KeepAlive(constant);
                GC.KeepAlive(saved);
                (saved, dirty, constant) = ([], [], []);
            }
        }
    }
}
