#nullable disable
namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Fills tensors in place, out of autograd's sight. A generator that is given is not used, as in TorchSharp.</summary>
        public static partial class init
        {
            public static Tensor zeros_(Tensor tensor) => Unseen(tensor, static t => t.zero_());

            public static Tensor ones_(Tensor tensor) => Unseen(tensor, static t => t.fill_(1));

            public static Tensor constant_(Tensor tensor, Scalar val) => Unseen(tensor, t => t.fill_(val));

            public static Tensor uniform_(Tensor tensor, double low = 0.0, double high = 1.0, Generator generator = null)
                => Unseen(tensor, t => t.uniform_(low, high));

            public static Tensor normal_(Tensor tensor, double mean = 0.0, double std = 1.0, Generator generator = null)
                => Unseen(tensor, t => t.normal_(mean, std));

            public static Tensor eye_(Tensor tensor)
            {
                if (tensor.Dimensions != 2)
                    throw new ArgumentException($"eye_ fills a matrix, but the tensor has {tensor.Dimensions} dimensions.", nameof(tensor));

                using var guard = no_grad();
                using var eye = torch.eye(tensor.shape[0], tensor.shape[1], dtype: tensor.dtype, device: tensor.device);
                return tensor.copy_(eye);
            }

            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0.0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3.0) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0.0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
                => normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                var bound = Math.Sqrt(3.0) * gain * Math.Sqrt(2.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1.0) => xavier_uniform_(tensor, gain);

            /// <summary>Fills uniformly, as TorchSharp 0.107 does under this name.</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) => xavier_uniform_(tensor, gain);

            public static Tensor glorot_normal_(Tensor tensor, double gain = 1.0) => xavier_normal_(tensor, gain);

            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2.0),
                NonlinearityType.LeakyReLU => Math.Sqrt(2.0 / (1 + param * param)),
                _ => 1.0,
            };

            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");

                var field = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
                return (shape[1] * field, shape[0] * field);
            }

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static Tensor Unseen(Tensor tensor, Func<Tensor, Tensor> fill)
            {
                using var guard = no_grad();
                fill(tensor);
                return tensor;
            }
        }
    }
}
