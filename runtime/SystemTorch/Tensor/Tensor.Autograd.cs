namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get
            {
                var required = Native.st_requires_grad(Handle) != 0;
                GC.KeepAlive(this);
                return required;
            }

            set
            {
                NativeError.Check(Native.st_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public bool is_leaf
        {
            get
            {
                var leaf = Native.st_is_leaf(Handle) != 0;
                GC.KeepAlive(this);
                return leaf;
            }
        }

        public Tensor? grad
        {
            get
            {
                var gradient = Native.st_grad(Handle);
                GC.KeepAlive(this);
                if (gradient != IntPtr.Zero)
                {
                    return new Tensor(gradient);
                }

                NativeError.ThrowIfAny();
                return null;
            }

            set
            {
                NativeError.Check(Native.st_set_grad(Handle, value?.Handle ?? IntPtr.Zero));
                GC.KeepAlive(value);
                GC.KeepAlive(this);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad()
        {
            NativeError.Check(Native.st_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        public void backward() => autograd.backward([this]);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public Tensor alias()
        {
            var result = Native.st_alias(Handle);
            GC.KeepAlive(this);
            return FromNative(result);
        }

        public Tensor detach() => Aten.detach.Call(this);

        public Tensor detach_()
        {
            Aten.detach_.Apply(this);
            return this;
        }
    }
}

internal static partial class Aten
{
    internal static readonly Operator detach = new("detach");
    internal static readonly Operator detach_ = new("detach_");
}
