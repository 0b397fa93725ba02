namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Aten.add_Tensor.Call(this, target);

        public Tensor add(Tensor target, Scalar alpha) => Aten.add_Tensor.Call(this, target, alpha);

        public Tensor add(Scalar scalar) => Aten.add_Scalar.Call(this, scalar);

        public Tensor add(Scalar scalar, Scalar alpha) => Aten.add_Scalar.Call(this, scalar, alpha);

        public Tensor add_(Tensor target)
        {
            Aten.add__Tensor.Apply(this, target);
            return this;
        }

        public Tensor add_(Tensor target, Scalar alpha)
        {
            Aten.add__Tensor.Apply(this, target, alpha);
            return this;
        }

        public Tensor add_(Scalar scalar)
        {
            Aten.add__Scalar.Apply(this, scalar);
            return this;
        }

        public Tensor add_(Scalar scalar, Scalar alpha)
        {
            Aten.add__Scalar.Apply(this, scalar, alpha);
            return this;
        }

        public Tensor sub(Tensor target) => Aten.sub_Tensor.Call(this, target);

        public Tensor sub(Scalar target) => Aten.sub_Scalar.Call(this, target);

        public Tensor sub_(Tensor target)
        {
            Aten.sub__Tensor.Apply(this, target);
            return this;
        }

        public Tensor sub_(Scalar target)
        {
            Aten.sub__Scalar.Apply(this, target);
            return this;
        }

        public Tensor subtract(Scalar target) => sub(target);

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract_(Scalar target) => sub_(target);

        public Tensor subtract_(Tensor target) => sub_(target);
    }

    public static Tensor add(Tensor left, Tensor right) => left.add(right);

    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);

    public static Tensor add(Tensor left, Scalar right) => left.add(right);

    public static Tensor add(Tensor left, Scalar right, Scalar alpha) => left.add(right, alpha);

    public static Tensor add_(Tensor left, Tensor right) => left.add_(right);

    public static Tensor add_(Tensor left, Tensor right, Scalar alpha) => left.add_(right, alpha);

    public static Tensor add_(Tensor left, Scalar right) => left.add_(right);

    public static Tensor add_(Tensor left, Scalar right, Scalar alpha) => left.add_(right, alpha);

    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);

    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);

    public static Tensor sub_(Tensor left, Tensor right) => left.sub_(right);

    public static Tensor sub_(Tensor left, Scalar right) => left.sub_(right);

    public static Tensor subtract(Tensor left, Scalar right) => left.subtract(right);

    public static Tensor subtract(Tensor left, Tensor right) => left.subtract(right);

    public static Tensor subtract_(Tensor left, Scalar right) => left.subtract_(right);

    public static Tensor subtract_(Tensor left, Tensor right) => left.subtract_(right);
}

internal static partial class Aten
{
    internal static readonly Operator add_Tensor = new("add", "Tensor");
    internal static readonly Operator add_Scalar = new("add", "Scalar");
    internal static readonly Operator add__Tensor = new("add_", "Tensor");
    internal static readonly Operator add__Scalar = new("add_", "Scalar");
    internal static readonly Operator sub_Tensor = new("sub", "Tensor");
    internal static readonly Operator sub_Scalar = new("sub", "Scalar");
    internal static readonly Operator sub__Tensor = new("sub_", "Tensor");
    internal static readonly Operator sub__Scalar = new("sub_", "Scalar");
}
