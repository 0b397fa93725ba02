namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sqrt() => Aten.sqrt.Call(this);

        public Tensor sqrt_()
        {
            Aten.sqrt_.Apply(this);
            return this;
        }

        public Tensor rsqrt() => Aten.rsqrt.Call(this);

        public Tensor rsqrt_()
        {
            Aten.rsqrt_.Apply(this);
            return this;
        }

        public Tensor reciprocal() => Aten.reciprocal.Call(this);

        public Tensor reciprocal_()
        {
            Aten.reciprocal_.Apply(this);
            return this;
        }

        public Tensor exp() => Aten.exp.Call(this);

        public Tensor exp_()
        {
            Aten.exp_.Apply(this);
            return this;
        }

        public Tensor exp2() => Aten.exp2.Call(this);

        public Tensor exp2_()
        {
            Aten.exp2_.Apply(this);
            return this;
        }

        public Tensor expm1() => Aten.expm1.Call(this);

        public Tensor expm1_()
        {
            Aten.expm1_.Apply(this);
            return this;
        }

        public Tensor log() => Aten.log.Call(this);

        public Tensor log_()
        {
            Aten.log_.Apply(this);
            return this;
        }

        public Tensor log2() => Aten.log2.Call(this);

        public Tensor log2_()
        {
            Aten.log2_.Apply(this);
            return this;
        }

        public Tensor log10() => Aten.log10.Call(this);

        public Tensor log10_()
        {
            Aten.log10_.Apply(this);
            return this;
        }

        public Tensor log1p() => Aten.log1p.Call(this);

        public Tensor log1p_()
        {
            Aten.log1p_.Apply(this);
            return this;
        }

        public Tensor square() => Aten.square.Call(this);

        public Tensor pow(Tensor exponent) => Aten.pow_Tensor_Tensor.Call(this, exponent);

        public Tensor pow(Scalar exponent) => Aten.pow_Tensor_Scalar.Call(this, exponent);

        public Tensor pow_(Tensor exponent)
        {
            Aten.pow__Tensor.Apply(this, exponent);
            return this;
        }

        public Tensor pow_(Scalar exponent)
        {
            Aten.pow__Scalar.Apply(this, exponent);
            return this;
        }

        public Tensor logaddexp(Tensor other) => Aten.logaddexp.Call(this, other);

        public Tensor logsumexp(long dim, bool keepdim = false) => Aten.logsumexp.Call(this, (ReadOnlySpan<long>)[dim], keepdim);
    }

    public static Tensor sqrt(Tensor input) => input.sqrt();

    public static Tensor sqrt_(Tensor input) => input.sqrt_();

    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    public static Tensor rsqrt_(Tensor input) => input.rsqrt_();

    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    public static Tensor reciprocal_(Tensor input) => input.reciprocal_();

    public static Tensor exp(Tensor input) => input.exp();

    public static Tensor exp_(Tensor input) => input.exp_();

    public static Tensor exp2(Tensor input) => input.exp2();

    public static Tensor exp2_(Tensor input) => input.exp2_();

    public static Tensor expm1(Tensor input) => input.expm1();

    public static Tensor expm1_(Tensor input) => input.expm1_();

    public static Tensor log(Tensor input) => input.log();

    public static Tensor log_(Tensor input) => input.log_();

    public static Tensor log2(Tensor input) => input.log2();

    public static Tensor log2_(Tensor input) => input.log2_();

    public static Tensor log10(Tensor input) => input.log10();

    public static Tensor log10_(Tensor input) => input.log10_();

    public static Tensor log1p(Tensor input) => input.log1p();

    public static Tensor log1p_(Tensor input) => input.log1p_();

    public static Tensor square(Tensor input) => input.square();

    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);

    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);

    public static Tensor pow_(Tensor left, Tensor exponent) => left.pow_(exponent);

    public static Tensor pow_(Tensor left, Scalar exponent) => left.pow_(exponent);

    public static Tensor logaddexp(Tensor left, Tensor right) => left.logaddexp(right);

    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);
}

internal static partial class Aten
{
    internal static readonly Operator sqrt = new("sqrt");
    internal static readonly Operator sqrt_ = new("sqrt_");
    internal static readonly Operator rsqrt = new("rsqrt");
    internal static readonly Operator rsqrt_ = new("rsqrt_");
    internal static readonly Operator reciprocal = new("reciprocal");
    internal static readonly Operator reciprocal_ = new("reciprocal_");
    internal static readonly Operator exp = new("exp");
    internal static readonly Operator exp_ = new("exp_");
    internal static readonly Operator exp2 = new("exp2");
    internal static readonly Operator exp2_ = new("exp2_");
    internal static readonly Operator expm1 = new("expm1");
    internal static readonly Operator expm1_ = new("expm1_");
    internal static readonly Operator log = new("log");
    internal static readonly Operator log_ = new("log_");
    internal static readonly Operator log2 = new("log2");
    internal static readonly Operator log2_ = new("log2_");
    internal static readonly Operator log10 = new("log10");
    internal static readonly Operator log10_ = new("log10_");
    internal static readonly Operator log1p = new("log1p");
    internal static readonly Operator log1p_ = new("log1p_");
    internal static readonly Operator square = new("square");
    internal static readonly Operator pow_Tensor_Tensor = new("pow", "Tensor_Tensor");
    internal static readonly Operator pow_Tensor_Scalar = new("pow", "Tensor_Scalar");
    internal static readonly Operator pow__Tensor = new("pow_", "Tensor");
    internal static readonly Operator pow__Scalar = new("pow_", "Scalar");
    internal static readonly Operator logaddexp = new("logaddexp");
    internal static readonly Operator logsumexp = new("logsumexp");
}
