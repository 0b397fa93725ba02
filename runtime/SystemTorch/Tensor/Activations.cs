namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sigmoid() => Aten.sigmoid.Call(this);

        public Tensor sigmoid_()
        {
            Aten.sigmoid_.Apply(this);
            return this;
        }

        public Tensor relu() => Aten.relu.Call(this);

        public Tensor relu_()
        {
            Aten.relu_.Apply(this);
            return this;
        }

        public Tensor silu() => Aten.silu.Call(this);

        public Tensor silu_()
        {
            Aten.silu_.Apply(this);
            return this;
        }

        public Tensor selu() => Aten.selu.Call(this);

        public Tensor selu_()
        {
            Aten.selu_.Apply(this);
            return this;
        }

        public Tensor hardsigmoid() => Aten.hardsigmoid.Call(this);

        public Tensor hardsigmoid_()
        {
            Aten.hardsigmoid_.Apply(this);
            return this;
        }

        public Tensor hardswish() => Aten.hardswish.Call(this);

        public Tensor hardswish_()
        {
            Aten.hardswish_.Apply(this);
            return this;
        }

        public Tensor relu6() => Aten.relu6.Call(this);

        public Tensor relu6_()
        {
            Aten.relu6_.Apply(this);
            return this;
        }

        public Tensor gelu() => Aten.gelu.Call(this);

        public Tensor gelu_()
        {
            Aten.gelu_.Apply(this);
            return this;
        }

        public Tensor gelu(Modules.GELU.Approximate approximate) => Aten.gelu.Call(this, approximate.ToString());

        public Tensor gelu_(Modules.GELU.Approximate approximate)
        {
            Aten.gelu_.Apply(this, approximate.ToString());
            return this;
        }

        public Tensor leaky_relu(Scalar negative_slope) => Aten.leaky_relu.Call(this, negative_slope);

        public Tensor leaky_relu_(Scalar negative_slope)
        {
            Aten.leaky_relu_.Apply(this, negative_slope);
            return this;
        }

        public Tensor elu(double alpha = 1.0) => Aten.elu.Call(this, alpha);

        public Tensor elu_(double alpha = 1.0)
        {
            Aten.elu_.Apply(this, alpha);
            return this;
        }

        public Tensor softplus(double beta = 1.0, double threshold = 20.0) => Aten.softplus.Call(this, beta, threshold);

        public Tensor glu(long dim = -1) => Aten.glu.Call(this, dim);

        public Tensor hardtanh(Scalar min, Scalar max) => Aten.hardtanh.Call(this, min, max);

        public Tensor hardtanh_(Scalar min, Scalar max)
        {
            Aten.hardtanh_.Apply(this, min, max);
            return this;
        }

        public Tensor prelu(Tensor target) => Aten.prelu.Call(this, target);

        public Tensor log_sigmoid() => Aten.log_sigmoid.Call(this);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.softmax_int.Call(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.log_softmax_int.Call(this, dim, dtype);
    }

    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    public static Tensor sigmoid_(Tensor input) => input.sigmoid_();
}

internal static partial class Aten
{
    internal static readonly Operator sigmoid = new("sigmoid");
    internal static readonly Operator sigmoid_ = new("sigmoid_");
    internal static readonly Operator relu = new("relu");
    internal static readonly Operator relu_ = new("relu_");
    internal static readonly Operator silu = new("silu");
    internal static readonly Operator silu_ = new("silu_");
    internal static readonly Operator selu = new("selu");
    internal static readonly Operator selu_ = new("selu_");
    internal static readonly Operator hardsigmoid = new("hardsigmoid");
    internal static readonly Operator hardsigmoid_ = new("hardsigmoid_");
    internal static readonly Operator hardswish = new("hardswish");
    internal static readonly Operator hardswish_ = new("hardswish_");
    internal static readonly Operator relu6 = new("relu6");
    internal static readonly Operator relu6_ = new("relu6_");
    internal static readonly Operator gelu = new("gelu");
    internal static readonly Operator gelu_ = new("gelu_");
    internal static readonly Operator leaky_relu = new("leaky_relu");
    internal static readonly Operator leaky_relu_ = new("leaky_relu_");
    internal static readonly Operator elu = new("elu");
    internal static readonly Operator elu_ = new("elu_");
    internal static readonly Operator softplus = new("softplus");
    internal static readonly Operator glu = new("glu");
    internal static readonly Operator hardtanh = new("hardtanh");
    internal static readonly Operator hardtanh_ = new("hardtanh_");
    internal static readonly Operator prelu = new("prelu");
    internal static readonly Operator log_sigmoid = new("log_sigmoid");
    internal static readonly Operator softmax_int = new("softmax", "int");
    internal static readonly Operator log_softmax_int = new("log_softmax", "int");
}
