namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor erf() => Aten.erf.Call(this);

        public Tensor erf_()
        {
            Aten.erf_.Apply(this);
            return this;
        }

        public Tensor erfc() => Aten.erfc.Call(this);

        public Tensor erfc_()
        {
            Aten.erfc_.Apply(this);
            return this;
        }

        public Tensor erfinv() => Aten.erfinv.Call(this);

        public Tensor erfinv_()
        {
            Aten.erfinv_.Apply(this);
            return this;
        }

        public Tensor lgamma() => Aten.lgamma.Call(this);

        public Tensor lgamma_()
        {
            Aten.lgamma_.Apply(this);
            return this;
        }

        public Tensor digamma() => Aten.digamma.Call(this);

        public Tensor digamma_()
        {
            Aten.digamma_.Apply(this);
            return this;
        }
    }

#nullable disable
    public partial class Tensor
    {
        public Tensor sin() => Aten.sin.Call(this);

        public Tensor sin_()
        {
            Aten.sin_.Apply(this);
            return this;
        }

        public Tensor cos() => Aten.cos.Call(this);

        public Tensor cos_()
        {
            Aten.cos_.Apply(this);
            return this;
        }

        public Tensor tan() => Aten.tan.Call(this);

        public Tensor tan_()
        {
            Aten.tan_.Apply(this);
            return this;
        }

        public Tensor asin() => Aten.asin.Call(this);

        public Tensor asin_()
        {
            Aten.asin_.Apply(this);
            return this;
        }

        public Tensor acos() => Aten.acos.Call(this);

        public Tensor acos_()
        {
            Aten.acos_.Apply(this);
            return this;
        }

        public Tensor atan() => Aten.atan.Call(this);

        public Tensor atan_()
        {
            Aten.atan_.Apply(this);
            return this;
        }

        public Tensor sinh() => Aten.sinh.Call(this);

        public Tensor sinh_()
        {
            Aten.sinh_.Apply(this);
            return this;
        }

        public Tensor cosh() => Aten.cosh.Call(this);

        public Tensor cosh_()
        {
            Aten.cosh_.Apply(this);
            return this;
        }

        public Tensor tanh() => Aten.tanh.Call(this);

        public Tensor tanh_()
        {
            Aten.tanh_.Apply(this);
            return this;
        }

        public Tensor asinh() => Aten.asinh.Call(this);

        public Tensor asinh_()
        {
            Aten.asinh_.Apply(this);
            return this;
        }

        public Tensor acosh() => Aten.acosh.Call(this);

        public Tensor acosh_()
        {
            Aten.acosh_.Apply(this);
            return this;
        }

        public Tensor atanh() => Aten.atanh.Call(this);

        public Tensor atanh_()
        {
            Aten.atanh_.Apply(this);
            return this;
        }

        public Tensor atan2(Tensor other) => Aten.atan2.Call(this, other);

        public Tensor atan2_(Tensor other)
        {
            Aten.atan2_.Apply(this, other);
            return this;
        }
    }
#nullable restore

    public static Tensor sin(Tensor input) => input.sin();

    public static Tensor sin_(Tensor input) => input.sin_();

    public static Tensor cos(Tensor input) => input.cos();

    public static Tensor cos_(Tensor input) => input.cos_();

    public static Tensor tan(Tensor input) => input.tan();

    public static Tensor tan_(Tensor input) => input.tan_();

    public static Tensor asin(Tensor input) => input.asin();

    public static Tensor asin_(Tensor input) => input.asin_();

    public static Tensor acos(Tensor input) => input.acos();

    public static Tensor acos_(Tensor input) => input.acos_();

    public static Tensor atan(Tensor input) => input.atan();

    public static Tensor atan_(Tensor input) => input.atan_();

    public static Tensor sinh(Tensor input) => input.sinh();

    public static Tensor sinh_(Tensor input) => input.sinh_();

    public static Tensor cosh(Tensor input) => input.cosh();

    public static Tensor cosh_(Tensor input) => input.cosh_();

    public static Tensor tanh(Tensor input) => input.tanh();

    public static Tensor tanh_(Tensor input) => input.tanh_();

    public static Tensor asinh(Tensor input) => input.asinh();

    public static Tensor asinh_(Tensor input) => input.asinh_();

    public static Tensor acosh(Tensor input) => input.acosh();

    public static Tensor acosh_(Tensor input) => input.acosh_();

    public static Tensor atanh(Tensor input) => input.atanh();

    public static Tensor atanh_(Tensor input) => input.atanh_();

    public static Tensor atan2(Tensor input, Tensor other) => input.atan2(other);

    public static Tensor atan2_(Tensor input, Tensor other) => input.atan2_(other);

    public static Tensor erf(Tensor input) => input.erf();

    public static Tensor erf_(Tensor input) => input.erf_();

    public static Tensor erfc(Tensor input) => input.erfc();

    public static Tensor erfc_(Tensor input) => input.erfc_();

    public static Tensor erfinv(Tensor input) => input.erfinv();

    public static Tensor erfinv_(Tensor input) => input.erfinv_();

    public static Tensor lgamma(Tensor input) => input.lgamma();

    public static Tensor lgamma_(Tensor input) => input.lgamma_();

    public static Tensor digamma(Tensor input) => input.digamma();

    public static Tensor digamma_(Tensor input) => input.digamma_();
}

internal static partial class Aten
{
    internal static readonly Operator sin = new("sin");
    internal static readonly Operator sin_ = new("sin_");
    internal static readonly Operator cos = new("cos");
    internal static readonly Operator cos_ = new("cos_");
    internal static readonly Operator tan = new("tan");
    internal static readonly Operator tan_ = new("tan_");
    internal static readonly Operator asin = new("asin");
    internal static readonly Operator asin_ = new("asin_");
    internal static readonly Operator acos = new("acos");
    internal static readonly Operator acos_ = new("acos_");
    internal static readonly Operator atan = new("atan");
    internal static readonly Operator atan_ = new("atan_");
    internal static readonly Operator sinh = new("sinh");
    internal static readonly Operator sinh_ = new("sinh_");
    internal static readonly Operator cosh = new("cosh");
    internal static readonly Operator cosh_ = new("cosh_");
    internal static readonly Operator tanh = new("tanh");
    internal static readonly Operator tanh_ = new("tanh_");
    internal static readonly Operator asinh = new("asinh");
    internal static readonly Operator asinh_ = new("asinh_");
    internal static readonly Operator acosh = new("acosh");
    internal static readonly Operator acosh_ = new("acosh_");
    internal static readonly Operator atanh = new("atanh");
    internal static readonly Operator atanh_ = new("atanh_");
    internal static readonly Operator atan2 = new("atan2");
    internal static readonly Operator atan2_ = new("atan2_");
    internal static readonly Operator erf = new("erf");
    internal static readonly Operator erf_ = new("erf_");
    internal static readonly Operator erfc = new("erfc");
    internal static readonly Operator erfc_ = new("erfc_");
    internal static readonly Operator erfinv = new("erfinv");
    internal static readonly Operator erfinv_ = new("erfinv_");
    internal static readonly Operator lgamma = new("lgamma");
    internal static readonly Operator lgamma_ = new("lgamma_");
    internal static readonly Operator digamma = new("digamma");
    internal static readonly Operator digamma_ = new("digamma_");
}
