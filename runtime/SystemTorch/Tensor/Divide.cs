namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Aten.div_Tensor_mode.Call(this, target, Mode(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Aten.div_Scalar_mode.Call(this, target, Mode(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Aten.div__Tensor_mode.Apply(this, target, Mode(rounding_mode));
            return this;
        }

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Aten.div__Scalar_mode.Apply(this, target, Mode(rounding_mode));
            return this;
        }

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor true_divide(Tensor other) => Aten.true_divide_Tensor.Call(this, other);

        public Tensor true_divide(Scalar other) => Aten.true_divide_Scalar.Call(this, other);

        public Tensor true_divide_(Tensor other)
        {
            Aten.true_divide__Tensor.Apply(this, other);
            return this;
        }

        public Tensor true_divide_(Scalar other)
        {
            Aten.true_divide__Scalar.Apply(this, other);
            return this;
        }

        public Tensor floor_divide(Tensor other) => Aten.floor_divide.Call(this, other);

        public Tensor floor_divide(Scalar other) => Aten.floor_divide_Scalar.Call(this, other);

        public Tensor floor_divide_(Tensor other)
        {
            Aten.floor_divide__Tensor.Apply(this, other);
            return this;
        }

        public Tensor floor_divide_(Scalar other)
        {
            Aten.floor_divide__Scalar.Apply(this, other);
            return this;
        }

        public Tensor fmod(Tensor target) => Aten.fmod_Tensor.Call(this, target);

        public Tensor fmod(Scalar scalar) => Aten.fmod_Scalar.Call(this, scalar);

        public Tensor fmod_(Tensor target)
        {
            Aten.fmod__Tensor.Apply(this, target);
            return this;
        }

        public Tensor fmod_(Scalar scalar)
        {
            Aten.fmod__Scalar.Apply(this, scalar);
            return this;
        }

        public Tensor remainder(Tensor target) => Aten.remainder_Tensor.Call(this, target);

        public Tensor remainder(Scalar scalar) => Aten.remainder_Scalar.Call(this, scalar);

        public Tensor remainder_(Tensor target)
        {
            Aten.remainder__Tensor.Apply(this, target);
            return this;
        }

        public Tensor remainder_(Scalar scalar)
        {
            Aten.remainder__Scalar.Apply(this, scalar);
            return this;
        }
    }

    public static Tensor divide_(Tensor left, Scalar right) => left.div_(right);

    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    public static Tensor div_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div_(right, rounding_mode);

    public static Tensor div_(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div_(right, rounding_mode);

    public static Tensor divide(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.divide(right, rounding_mode);

    public static Tensor divide(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.divide(right, rounding_mode);

    public static Tensor divide_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.divide_(right, rounding_mode);

    public static Tensor true_divide(Tensor dividend, Tensor divisor) => dividend.true_divide(divisor);

    public static Tensor true_divide_(Tensor dividend, Tensor divisor) => dividend.true_divide_(divisor);

    public static Tensor floor_divide(Tensor input, Tensor other) => input.floor_divide(other);

    public static Tensor floor_divide_(Tensor input, Tensor other) => input.floor_divide_(other);

    public static Tensor fmod(Tensor left, Tensor right) => left.fmod(right);

    public static Tensor fmod(Tensor left, Scalar right) => left.fmod(right);

    public static Tensor fmod_(Tensor left, Tensor right) => left.fmod_(right);

    public static Tensor fmod_(Tensor left, Scalar right) => left.fmod_(right);

    public static Tensor remainder(Tensor left, Tensor right) => left.remainder(right);

    public static Tensor remainder(Tensor left, Scalar right) => left.remainder(right);

    public static Tensor remainder_(Tensor left, Tensor right) => left.remainder_(right);

    public static Tensor remainder_(Tensor left, Scalar right) => left.remainder_(right);
}

internal static partial class Aten
{
    internal static readonly Operator div_Tensor_mode = new("div", "Tensor_mode");
    internal static readonly Operator div_Scalar_mode = new("div", "Scalar_mode");
    internal static readonly Operator div__Tensor_mode = new("div_", "Tensor_mode");
    internal static readonly Operator div__Scalar_mode = new("div_", "Scalar_mode");
    internal static readonly Operator true_divide_Tensor = new("true_divide", "Tensor");
    internal static readonly Operator true_divide_Scalar = new("true_divide", "Scalar");
    internal static readonly Operator true_divide__Tensor = new("true_divide_", "Tensor");
    internal static readonly Operator true_divide__Scalar = new("true_divide_", "Scalar");
    internal static readonly Operator floor_divide = new("floor_divide");
    internal static readonly Operator floor_divide_Scalar = new("floor_divide", "Scalar");
    internal static readonly Operator floor_divide__Tensor = new("floor_divide_", "Tensor");
    internal static readonly Operator floor_divide__Scalar = new("floor_divide_", "Scalar");
    internal static readonly Operator fmod_Tensor = new("fmod", "Tensor");
    internal static readonly Operator fmod_Scalar = new("fmod", "Scalar");
    internal static readonly Operator fmod__Tensor = new("fmod_", "Tensor");
    internal static readonly Operator fmod__Scalar = new("fmod_", "Scalar");
    internal static readonly Operator remainder_Tensor = new("remainder", "Tensor");
    internal static readonly Operator remainder_Scalar = new("remainder", "Scalar");
    internal static readonly Operator remainder__Tensor = new("remainder_", "Tensor");
    internal static readonly Operator remainder__Scalar = new("remainder_", "Scalar");
}
