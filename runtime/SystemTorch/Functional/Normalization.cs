namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.layer_norm.Call(input, normalized_shape, Arg.Optional(weight), Arg.Optional(bias), eps);

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.group_norm.Call(input, num_groups, Arg.Optional(weight), Arg.Optional(bias), eps);

            public static Tensor batch_norm(
                Tensor input,
                Tensor? running_mean,
                Tensor? running_var,
                Tensor? weight = null,
                Tensor? bias = null,
                bool training = false,
                double momentum = 0.1,
                double eps = 1e-5) =>
                Aten.batch_norm.Call(
                    input,
                    Arg.Optional(weight),
                    Arg.Optional(bias),
                    Arg.Optional(running_mean),
                    Arg.Optional(running_var),
                    training,
                    momentum,
                    eps,
                    false);

            public static Tensor instance_norm(
                Tensor input,
                Tensor? running_mean = null,
                Tensor? running_var = null,
                Tensor? weight = null,
                Tensor? bias = null,
                bool use_input_stats = true,
                double momentum = 0.1,
                double eps = 1e-5) =>
                Aten.instance_norm.Call(
                    input,
                    Arg.Optional(weight),
                    Arg.Optional(bias),
                    Arg.Optional(running_mean),
                    Arg.Optional(running_var),
                    use_input_stats,
                    momentum,
                    eps,
                    true);

            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1, double eps = 1e-12) => Normalize(input, p, dim, eps);
        }
    }
}

internal static partial class Aten
{
    internal static readonly Operator layer_norm = new("layer_norm");
    internal static readonly Operator group_norm = new("group_norm");
    internal static readonly Operator batch_norm = new("batch_norm");
    internal static readonly Operator instance_norm = new("instance_norm");
}
