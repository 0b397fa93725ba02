using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What is done to many parameters at once.</summary>
        public static partial class utils
        {
            /// <summary>Scales all gradients down so that their common norm is at most <paramref name="max_norm"/>; gives the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var scope = NewDisposeScope();
                using var guard = no_grad();

                var grads = Gradients(tensors);
                if (grads.Count == 0)
                    return 0;

                // The norms may lie on several devices; the first gradient's is where they meet. Order 0 counts the gradients, as in libtorch.
                var device = grads[0].device;
                var total = norm_type == 0
                    ? full(Array.Empty<long>(), grads.Count, device: device)
                    : Norm(stack(grads.Select(grad => Norm(grad, norm_type).to(device))), norm_type);

                // Clamped on the device, so that the host waits once, for the result alone.
                var scale = (max_norm / (total + 1e-6)).clamp_(max: 1.0);
                foreach (var grad in grads)
                    grad.mul_(scale.to(grad.device));

                return total.to(ScalarType.Float64).item<double>();
            }

            /// <summary>Clamps every element of every gradient to [−<paramref name="clip_value"/>, <paramref name="clip_value"/>].</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                using var guard = no_grad();
                foreach (var grad in Gradients(tensors))
                    grad.clamp_(-clip_value, clip_value);
            }

            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                var flat = tensors.Select(parameter => parameter.view(-1)).ToList();
                var vector = cat(flat);
                flat.ForEach(part => part.Dispose());
                return vector;
            }

            private static List<Tensor> Gradients(IEnumerable<Parameter> parameters)
                => [.. parameters.Select(parameter => parameter.grad).OfType<Tensor>()];

            private static Tensor Norm(Tensor tensor, double norm_type)
                => double.IsPositiveInfinity(norm_type) ? tensor.abs().max() : tensor.norm((float)norm_type);
        }
    }
}
