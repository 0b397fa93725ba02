using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>A buffer in another type or on another device; the old one is disposed. False where nothing changes.</summary>
            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
            {
                result = null;
                var where = device ?? buffer.device;
                if (!WillCopy(buffer, dtype ?? buffer.dtype, where))
                    return false;

                result = buffer.to(TargetType(buffer, dtype), where, disposeAfter: true).DetachFromDisposeScope();
                return true;
            }

            /// <summary>A parameter in another type or on another device, with its gradient; the old one stays. False where nothing changes.</summary>
            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
            {
                using var grad = param.grad;
                var type = dtype ?? param.dtype;
                var where = device ?? param.device;
                p = null;

                if (!WillCopy(param, type, where) && (grad is null || !WillCopy(grad, type, where)))
                    return false;

                // Moved under autograd's eyes it would be no leaf and would get no gradient.
                using var guard = no_grad();
                var target = TargetType(param, dtype);
                p = new Parameter(param.to(target, where), param.requires_grad);
                p.DetachFromDisposeScope();

                if (grad is not null)
                {
                    using var moved = grad.to(target, where).with_requires_grad(grad.requires_grad);
                    p.grad = moved;
                }

                return true;
            }

            private static ScalarType TargetType(Tensor tensor, ScalarType? dtype)
                => dtype is { } wanted && (tensor.is_floating_point() || tensor.is_complex()) ? wanted : tensor.dtype;

            private static bool WillCopy(Tensor tensor, ScalarType dtype, Device device)
                => tensor.dtype != dtype || tensor.device_type != device.type || tensor.device_index != device.index;
        }
    }
}
