namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor bitwise_not() => Aten.bitwise_not.Call(this);

        public Tensor bitwise_not_()
        {
            Aten.bitwise_not_.Apply(this);
            return this;
        }

        public Tensor logical_not() => Aten.logical_not.Call(this);

        public Tensor logical_not_()
        {
            Aten.logical_not_.Apply(this);
            return this;
        }

        public Tensor bitwise_and(Tensor other) => Aten.bitwise_and_Tensor.Call(this, other);

        public Tensor bitwise_and_(Tensor other)
        {
            Aten.bitwise_and__Tensor.Apply(this, other);
            return this;
        }

        public Tensor bitwise_or(Tensor other) => Aten.bitwise_or_Tensor.Call(this, other);

        public Tensor bitwise_or_(Tensor other)
        {
            Aten.bitwise_or__Tensor.Apply(this, other);
            return this;
        }

        public Tensor bitwise_xor(Tensor other) => Aten.bitwise_xor_Tensor.Call(this, other);

        public Tensor bitwise_xor_(Tensor other)
        {
            Aten.bitwise_xor__Tensor.Apply(this, other);
            return this;
        }

        public Tensor bitwise_left_shift(Tensor other) => Aten.bitwise_left_shift_Tensor.Call(this, other);

        public Tensor bitwise_right_shift(Tensor other) => Aten.bitwise_right_shift_Tensor.Call(this, other);

        public Tensor logical_and(Tensor other) => Aten.logical_and.Call(this, other);

        public Tensor logical_and_(Tensor other)
        {
            Aten.logical_and_.Apply(this, other);
            return this;
        }

        public Tensor logical_or(Tensor other) => Aten.logical_or.Call(this, other);

        public Tensor logical_or_(Tensor other)
        {
            Aten.logical_or_.Apply(this, other);
            return this;
        }

        public Tensor logical_xor(Tensor other) => Aten.logical_xor.Call(this, other);

        public Tensor logical_xor_(Tensor other)
        {
            Aten.logical_xor_.Apply(this, other);
            return this;
        }
    }

    public static Tensor bitwise_not(Tensor input) => input.bitwise_not();

    public static Tensor bitwise_not_(Tensor input) => input.bitwise_not_();

    public static Tensor logical_not(Tensor input) => input.logical_not();

    public static Tensor bitwise_and(Tensor left, Tensor right) => left.bitwise_and(right);

    public static Tensor bitwise_and_(Tensor left, Tensor right) => left.bitwise_and_(right);

    public static Tensor bitwise_or(Tensor left, Tensor right) => left.bitwise_or(right);

    public static Tensor bitwise_or_(Tensor left, Tensor right) => left.bitwise_or_(right);

    public static Tensor bitwise_xor(Tensor left, Tensor right) => left.bitwise_xor(right);

    public static Tensor bitwise_xor_(Tensor left, Tensor right) => left.bitwise_xor_(right);

    public static Tensor bitwise_left_shift(Tensor left, Tensor right) => left.bitwise_left_shift(right);

    public static Tensor bitwise_right_shift(Tensor left, Tensor right) => left.bitwise_right_shift(right);

    public static Tensor logical_and(Tensor left, Tensor right) => left.logical_and(right);

    public static Tensor logical_and_(Tensor left, Tensor right) => left.logical_and_(right);

    public static Tensor logical_or(Tensor left, Tensor right) => left.logical_or(right);

    public static Tensor logical_or_(Tensor left, Tensor right) => left.logical_or_(right);

    public static Tensor logical_xor(Tensor left, Tensor right) => left.logical_xor(right);

    public static Tensor logical_xor_(Tensor left, Tensor right) => left.logical_xor_(right);
}

internal static partial class Aten
{
    internal static readonly Operator bitwise_not = new("bitwise_not");
    internal static readonly Operator bitwise_not_ = new("bitwise_not_");
    internal static readonly Operator logical_not = new("logical_not");
    internal static readonly Operator logical_not_ = new("logical_not_");
    internal static readonly Operator bitwise_and_Tensor = new("bitwise_and", "Tensor");
    internal static readonly Operator bitwise_and__Tensor = new("bitwise_and_", "Tensor");
    internal static readonly Operator bitwise_or_Tensor = new("bitwise_or", "Tensor");
    internal static readonly Operator bitwise_or__Tensor = new("bitwise_or_", "Tensor");
    internal static readonly Operator bitwise_xor_Tensor = new("bitwise_xor", "Tensor");
    internal static readonly Operator bitwise_xor__Tensor = new("bitwise_xor_", "Tensor");
    internal static readonly Operator bitwise_left_shift_Tensor = new("bitwise_left_shift", "Tensor");
    internal static readonly Operator bitwise_right_shift_Tensor = new("bitwise_right_shift", "Tensor");
    internal static readonly Operator logical_and = new("logical_and");
    internal static readonly Operator logical_and_ = new("logical_and_");
    internal static readonly Operator logical_or = new("logical_or");
    internal static readonly Operator logical_or_ = new("logical_or_");
    internal static readonly Operator logical_xor = new("logical_xor");
    internal static readonly Operator logical_xor_ = new("logical_xor_");
}
