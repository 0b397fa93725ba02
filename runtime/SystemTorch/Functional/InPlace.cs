namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            // As in TorchSharp, what is done in place gives a new object for the same tensor, which the caller may dispose.
            private static Tensor InPlace(Operator @operator, Tensor input)
            {
                @operator.Apply(input);
                return input.alias();
            }

            private static Tensor InPlace(Operator @operator, Tensor input, double p, bool training)
            {
                @operator.Apply(input, p, training);
                return input.alias();
            }
        }
    }
}
