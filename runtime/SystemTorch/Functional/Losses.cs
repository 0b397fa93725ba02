namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, nn.Reduction reduction = nn.Reduction.Mean,
                double label_smoothing = 0.0) =>
                Aten.cross_entropy_loss.Call(input, target, Arg.Optional(weight), (long)reduction, ignore_index, label_smoothing);

            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean) =>
                Aten.nll_loss_nd.Call(input, target, Arg.Optional(weight), (long)reduction);

            public static Tensor mse_loss(Tensor input, Tensor target, nn.Reduction reduction = nn.Reduction.Mean) =>
                Aten.mse_loss.Call(input, target, (long)reduction);

            public static Tensor l1_loss(Tensor input, Tensor target, nn.Reduction reduction = nn.Reduction.Mean) =>
                Aten.l1_loss.Call(input, target, (long)reduction);

            public static Tensor smooth_l1_loss(Tensor input, Tensor target, nn.Reduction reduction = nn.Reduction.Mean, double beta = 1.0) =>
                Aten.smooth_l1_loss.Call(input, target, (long)reduction, beta);

            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, nn.Reduction reduction = nn.Reduction.Mean) =>
                Aten.huber_loss.Call(input, target, (long)reduction, delta);

            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean) =>
                Aten.binary_cross_entropy.Call(input, target, Arg.Optional(weight), (long)reduction);

            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean, Tensor? pos_weights = null) =>
                Aten.binary_cross_entropy_with_logits.Call(input, target, Arg.Optional(weight), Arg.Optional(pos_weights), (long)reduction);

            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, nn.Reduction reduction = nn.Reduction.Mean) =>
                Aten.kl_div.Call(input, target, (long)reduction, log_target);
        }
    }
}

internal static partial class Aten
{
    internal static readonly Operator cross_entropy_loss = new("cross_entropy_loss");
    internal static readonly Operator nll_loss_nd = new("nll_loss_nd");
    internal static readonly Operator mse_loss = new("mse_loss");
    internal static readonly Operator l1_loss = new("l1_loss");
    internal static readonly Operator smooth_l1_loss = new("smooth_l1_loss");
    internal static readonly Operator huber_loss = new("huber_loss");
    internal static readonly Operator binary_cross_entropy = new("binary_cross_entropy");
    internal static readonly Operator binary_cross_entropy_with_logits = new("binary_cross_entropy_with_logits");
    internal static readonly Operator kl_div = new("kl_div");
}
