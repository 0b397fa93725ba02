namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor mul(Tensor target) => Aten.mul_Tensor.Call(this, target);

        public Tensor mul(Scalar target) => Aten.mul_Scalar.Call(this, target);

        public Tensor mul_(Tensor target)
        {
            Aten.mul__Tensor.Apply(this, target);
            return this;
        }

        public Tensor mul_(Scalar target)
        {
            Aten.mul__Scalar.Apply(this, target);
            return this;
        }

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcmul.Call(this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Aten.addcmul_.Apply(this, tensor1, tensor2, value);
            return this;
        }

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcdiv.Call(this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Aten.addcdiv.Call(this, tensor1, tensor2);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Aten.addcdiv_.Apply(this, tensor1, tensor2, value);
            return this;
        }

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2)
        {
            Aten.addcdiv_.Apply(this, tensor1, tensor2);
            return this;
        }
    }

    public static Tensor multiply_(Tensor left, Tensor right) => left.mul_(right);

    public static Tensor multiply_(Tensor left, Scalar right) => left.mul_(right);

    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);

    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);

    public static Tensor mul_(Tensor left, Tensor right) => left.mul_(right);

    public static Tensor mul_(Tensor left, Scalar right) => left.mul_(right);

    public static Tensor multiply(Tensor left, Scalar right) => left.multiply(right);

    public static Tensor multiply(Tensor left, Tensor right) => left.multiply(right);

    public static Tensor addcmul(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcmul(tensor1, tensor2, value);

    public static Tensor addcmul_(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcmul_(tensor1, tensor2, value);

    public static Tensor addcdiv(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcdiv(tensor1, tensor2, value);

    public static Tensor addcdiv_(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcdiv_(tensor1, tensor2, value);
}

internal static partial class Aten
{
    internal static readonly Operator mul_Tensor = new("mul", "Tensor");
    internal static readonly Operator mul_Scalar = new("mul", "Scalar");
    internal static readonly Operator mul__Tensor = new("mul_", "Tensor");
    internal static readonly Operator mul__Scalar = new("mul_", "Scalar");
    internal static readonly Operator addcmul = new("addcmul");
    internal static readonly Operator addcmul_ = new("addcmul_");
    internal static readonly Operator addcdiv = new("addcdiv");
    internal static readonly Operator addcdiv_ = new("addcdiv_");
}
