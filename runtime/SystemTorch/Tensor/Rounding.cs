namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Aten.abs.Call(this);

        public Tensor abs_()
        {
            Aten.abs_.Apply(this);
            return this;
        }

        public Tensor neg() => Aten.neg.Call(this);

        public Tensor neg_()
        {
            Aten.neg_.Apply(this);
            return this;
        }

        public Tensor sign() => Aten.sign.Call(this);

        public Tensor sign_()
        {
            Aten.sign_.Apply(this);
            return this;
        }

        public Tensor floor() => Aten.floor.Call(this);

        public Tensor floor_()
        {
            Aten.floor_.Apply(this);
            return this;
        }

        public Tensor ceil() => Aten.ceil.Call(this);

        public Tensor ceil_()
        {
            Aten.ceil_.Apply(this);
            return this;
        }

        public Tensor trunc() => Aten.trunc.Call(this);

        public Tensor trunc_()
        {
            Aten.trunc_.Apply(this);
            return this;
        }

        public Tensor frac() => Aten.frac.Call(this);

        public Tensor frac_()
        {
            Aten.frac_.Apply(this);
            return this;
        }

        public Tensor absolute() => abs();

        public Tensor absolute_() => abs_();

        public Tensor negative() => neg();

        public Tensor fix() => trunc();

        public Tensor fix_() => trunc_();

        public Tensor positive() => Aten.positive.Call(this);

        public Tensor round(long decimals = 0) => Aten.round_decimals.Call(this, decimals);

        public Tensor round_(long decimals = 0)
        {
            Aten.round__decimals.Apply(this, decimals);
            return this;
        }

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.clamp.Call(this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.clamp_Tensor.Call(this, Arg.Optional(min), Arg.Optional(max));

        public Tensor clamp_(Scalar? min = null, Scalar? max = null)
        {
            Aten.clamp_.Apply(this, min, max);
            return this;
        }

        public Tensor clamp_(Tensor? min = null, Tensor? max = null)
        {
            Aten.clamp__Tensor.Apply(this, Arg.Optional(min), Arg.Optional(max));
            return this;
        }

        public Tensor clamp_min(Scalar min) => Aten.clamp_min.Call(this, min);

        public Tensor clamp_min_(Scalar min)
        {
            Aten.clamp_min_.Apply(this, min);
            return this;
        }

        public Tensor clamp_max(Scalar max) => Aten.clamp_max.Call(this, max);

        public Tensor clamp_max_(Scalar max)
        {
            Aten.clamp_max_.Apply(this, max);
            return this;
        }

        public Tensor clip(Scalar? min = null, Scalar? max = null) => Aten.clip.Call(this, min, max);

        public Tensor lerp(Tensor end, Tensor weight) => Aten.lerp_Tensor.Call(this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight)
        {
            Aten.lerp__Tensor.Apply(this, end, weight);
            return this;
        }

        public Tensor nan_to_num(double nan = 0.0, double? posinf = null, double? neginf = null) => Aten.nan_to_num.Call(this, nan, posinf, neginf);

        public Tensor nan_to_num_(double nan = 0.0, double? posinf = null, double? neginf = null)
        {
            Aten.nan_to_num_.Apply(this, nan, posinf, neginf);
            return this;
        }
    }

    public static Tensor negative_(Tensor input) => input.neg_();

    public static Tensor abs(Tensor input) => input.abs();

    public static Tensor abs_(Tensor input) => input.abs_();

    public static Tensor neg(Tensor input) => input.neg();

    public static Tensor neg_(Tensor input) => input.neg_();

    public static Tensor sign(Tensor input) => input.sign();

    public static Tensor sign_(Tensor input) => input.sign_();

    public static Tensor floor(Tensor input) => input.floor();

    public static Tensor floor_(Tensor input) => input.floor_();

    public static Tensor ceil(Tensor input) => input.ceil();

    public static Tensor ceil_(Tensor input) => input.ceil_();

    public static Tensor trunc(Tensor input) => input.trunc();

    public static Tensor trunc_(Tensor input) => input.trunc_();

    public static Tensor frac(Tensor input) => input.frac();

    public static Tensor frac_(Tensor input) => input.frac_();

    public static Tensor absolute(Tensor input) => input.absolute();

    public static Tensor absolute_(Tensor input) => input.absolute_();

    public static Tensor negative(Tensor input) => input.negative();

    public static Tensor fix(Tensor input) => input.fix();

    public static Tensor fix_(Tensor input) => input.fix_();

    public static Tensor positive(Tensor input) => input.positive();

    public static Tensor round(Tensor input, long decimals = 0) => input.round(decimals);

    public static Tensor round_(Tensor input, long decimals = 0) => input.round_(decimals);

    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);

    public static Tensor clamp_(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp_(min, max);

    public static Tensor clamp_(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp_(min, max);

    public static Tensor clamp_min(Tensor input, Scalar min) => input.clamp_min(min);

    public static Tensor clamp_min_(Tensor input, Scalar min) => input.clamp_min_(min);

    public static Tensor clamp_max(Tensor input, Scalar max) => input.clamp_max(max);

    public static Tensor clamp_max_(Tensor input, Scalar max) => input.clamp_max_(max);

    public static Tensor clip(Tensor input, Scalar? min = null, Scalar? max = null) => input.clip(min, max);

    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    public static Tensor nan_to_num(Tensor input, double nan = 0.0, double? posinf = null, double? neginf = null) =>
        input.nan_to_num(nan, posinf, neginf);

    public static Tensor nan_to_num_(Tensor input, double nan = 0.0, double? posinf = null, double? neginf = null) =>
        input.nan_to_num_(nan, posinf, neginf);
}

internal static partial class Aten
{
    internal static readonly Operator abs = new("abs");
    internal static readonly Operator abs_ = new("abs_");
    internal static readonly Operator neg = new("neg");
    internal static readonly Operator neg_ = new("neg_");
    internal static readonly Operator sign = new("sign");
    internal static readonly Operator sign_ = new("sign_");
    internal static readonly Operator floor = new("floor");
    internal static readonly Operator floor_ = new("floor_");
    internal static readonly Operator ceil = new("ceil");
    internal static readonly Operator ceil_ = new("ceil_");
    internal static readonly Operator trunc = new("trunc");
    internal static readonly Operator trunc_ = new("trunc_");
    internal static readonly Operator frac = new("frac");
    internal static readonly Operator frac_ = new("frac_");
    internal static readonly Operator positive = new("positive");
    internal static readonly Operator round_decimals = new("round", "decimals");
    internal static readonly Operator round__decimals = new("round_", "decimals");
    internal static readonly Operator clamp = new("clamp");
    internal static readonly Operator clamp_Tensor = new("clamp", "Tensor");
    internal static readonly Operator clamp_ = new("clamp_");
    internal static readonly Operator clamp__Tensor = new("clamp_", "Tensor");
    internal static readonly Operator clamp_min = new("clamp_min");
    internal static readonly Operator clamp_min_ = new("clamp_min_");
    internal static readonly Operator clamp_max = new("clamp_max");
    internal static readonly Operator clamp_max_ = new("clamp_max_");
    internal static readonly Operator clip = new("clip");
    internal static readonly Operator lerp_Tensor = new("lerp", "Tensor");
    internal static readonly Operator lerp__Tensor = new("lerp_", "Tensor");
    internal static readonly Operator nan_to_num = new("nan_to_num");
    internal static readonly Operator nan_to_num_ = new("nan_to_num_");
}
