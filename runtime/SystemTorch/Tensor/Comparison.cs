namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Aten.eq_Tensor.Call(this, target);

        public Tensor eq(Scalar target) => Aten.eq_Scalar.Call(this, target);

        public Tensor eq_(Tensor target)
        {
            Aten.eq__Tensor.Apply(this, target);
            return this;
        }

        public Tensor eq_(Scalar target)
        {
            Aten.eq__Scalar.Apply(this, target);
            return this;
        }

        public Tensor ne(Tensor target) => Aten.ne_Tensor.Call(this, target);

        public Tensor ne(Scalar target) => Aten.ne_Scalar.Call(this, target);

        public Tensor ne_(Tensor target)
        {
            Aten.ne__Tensor.Apply(this, target);
            return this;
        }

        public Tensor ne_(Scalar target)
        {
            Aten.ne__Scalar.Apply(this, target);
            return this;
        }

        public Tensor lt(Tensor target) => Aten.lt_Tensor.Call(this, target);

        public Tensor lt(Scalar target) => Aten.lt_Scalar.Call(this, target);

        public Tensor lt_(Tensor target)
        {
            Aten.lt__Tensor.Apply(this, target);
            return this;
        }

        public Tensor lt_(Scalar target)
        {
            Aten.lt__Scalar.Apply(this, target);
            return this;
        }

        public Tensor le(Tensor target) => Aten.le_Tensor.Call(this, target);

        public Tensor le(Scalar target) => Aten.le_Scalar.Call(this, target);

        public Tensor le_(Tensor target)
        {
            Aten.le__Tensor.Apply(this, target);
            return this;
        }

        public Tensor le_(Scalar target)
        {
            Aten.le__Scalar.Apply(this, target);
            return this;
        }

        public Tensor gt(Tensor target) => Aten.gt_Tensor.Call(this, target);

        public Tensor gt(Scalar target) => Aten.gt_Scalar.Call(this, target);

        public Tensor gt_(Tensor target)
        {
            Aten.gt__Tensor.Apply(this, target);
            return this;
        }

        public Tensor gt_(Scalar target)
        {
            Aten.gt__Scalar.Apply(this, target);
            return this;
        }

        public Tensor ge(Tensor target) => Aten.ge_Tensor.Call(this, target);

        public Tensor ge(Scalar target) => Aten.ge_Scalar.Call(this, target);

        public Tensor ge_(Tensor target)
        {
            Aten.ge__Tensor.Apply(this, target);
            return this;
        }

        public Tensor ge_(Scalar target)
        {
            Aten.ge__Scalar.Apply(this, target);
            return this;
        }

        public Tensor equal(Tensor target) => eq(target);

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor less(Tensor target) => lt(target);

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor greater_equal(Tensor target) => ge(target);
    }

#nullable disable
    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);

    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);

    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);

    public static Tensor le(Tensor left, Tensor right) => left.le(right);

    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);

    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);

    public static Tensor equal(Tensor tensor, Tensor target) => tensor.equal(target);

    public static Tensor not_equal(Tensor tensor, Tensor target) => tensor.not_equal(target);

    public static Tensor less(Tensor tensor, Tensor target) => tensor.less(target);

    public static Tensor less_equal(Tensor tensor, Tensor target) => tensor.less_equal(target);

    public static Tensor greater(Tensor tensor, Tensor target) => tensor.greater(target);

    public static Tensor greater_equal(Tensor tensor, Tensor target) => tensor.greater_equal(target);
#nullable restore
}

internal static partial class Aten
{
    internal static readonly Operator eq_Tensor = new("eq", "Tensor");
    internal static readonly Operator eq_Scalar = new("eq", "Scalar");
    internal static readonly Operator eq__Tensor = new("eq_", "Tensor");
    internal static readonly Operator eq__Scalar = new("eq_", "Scalar");
    internal static readonly Operator ne_Tensor = new("ne", "Tensor");
    internal static readonly Operator ne_Scalar = new("ne", "Scalar");
    internal static readonly Operator ne__Tensor = new("ne_", "Tensor");
    internal static readonly Operator ne__Scalar = new("ne_", "Scalar");
    internal static readonly Operator lt_Tensor = new("lt", "Tensor");
    internal static readonly Operator lt_Scalar = new("lt", "Scalar");
    internal static readonly Operator lt__Tensor = new("lt_", "Tensor");
    internal static readonly Operator lt__Scalar = new("lt_", "Scalar");
    internal static readonly Operator le_Tensor = new("le", "Tensor");
    internal static readonly Operator le_Scalar = new("le", "Scalar");
    internal static readonly Operator le__Tensor = new("le_", "Tensor");
    internal static readonly Operator le__Scalar = new("le_", "Scalar");
    internal static readonly Operator gt_Tensor = new("gt", "Tensor");
    internal static readonly Operator gt_Scalar = new("gt", "Scalar");
    internal static readonly Operator gt__Tensor = new("gt_", "Tensor");
    internal static readonly Operator gt__Scalar = new("gt_", "Scalar");
    internal static readonly Operator ge_Tensor = new("ge", "Tensor");
    internal static readonly Operator ge_Scalar = new("ge", "Scalar");
    internal static readonly Operator ge__Tensor = new("ge_", "Tensor");
    internal static readonly Operator ge__Scalar = new("ge_", "Scalar");
}
