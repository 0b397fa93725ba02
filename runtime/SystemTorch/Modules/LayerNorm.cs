using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Normalizes over the last dimensions, then scales by the weight and adds the bias.</summary>
        public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            [ComponentName(Name = nameof(weight))]
            private Parameter? _weight;

            [ComponentName(Name = nameof(bias))]
            private Parameter? _bias;

            internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, torch.Device? device, torch.ScalarType? dtype)
                : base(nameof(LayerNorm))
            {
                this.normalized_shape = normalized_shape;
                this.eps = eps;
                this.elementwise_affine = elementwise_affine;

                if (elementwise_affine)
                {
                    weight = new Parameter(torch.empty(normalized_shape, dtype, device));
                    if (bias)
                        this.bias = new Parameter(torch.empty(normalized_shape, dtype, device));
                }

                reset_parameters();
            }

            public long[] normalized_shape { get; set; }

            public double eps { get; set; }

            public bool elementwise_affine { get; set; }

            public Parameter? bias
            {
                get => _bias;
                set
                {
                    _bias?.Dispose();
                    value?.DetachFromDisposeScope();
                    _bias = value;
                    ConditionallyRegisterParameter(nameof(bias), value);
                }
            }

            public Parameter weight
            {
                get => _weight!;
                set
                {
                    if (value.Handle == _weight?.Handle)
                        return;
                    _weight?.Dispose();
                    value.DetachFromDisposeScope();
                    _weight = value;
                    ConditionallyRegisterParameter(nameof(weight), value);
                }
            }

            public void reset_parameters()
            {
                if (elementwise_affine)
                    torch.nn.init.ones_(weight);
                if (bias is not null)
                    torch.nn.init.zeros_(bias);
            }

            public override torch.Tensor forward(torch.Tensor tensor)
                => torch.nn.functional.layer_norm(tensor, normalized_shape, _weight, _bias, eps);

            protected override void Dispose(bool disposing)
            {
                if (disposing)
                {
                    _weight?.Dispose();
                    _bias?.Dispose();
                }

                base.Dispose(disposing);
            }

            protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => Replace(device, dtype);

            protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
                => Replace(new torch.Device(deviceType, deviceIndex), null);

            protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => Replace(null, dtype);

            private LayerNorm Replace(torch.Device? device, torch.ScalarType? dtype)
            {
                if (_weight is not null && ReplaceParameter(dtype, device, _weight, out var newWeight))
                    weight = newWeight!;
                if (_bias is not null && ReplaceParameter(dtype, device, _bias, out var newBias))
                    bias = newBias;
                return this;
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null)
                => new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            public static LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null)
                => LayerNorm([normalized_shape], eps, elementwise_affine, bias, device, dtype);
        }
    }
}
