using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Normalizes groups of channels of each sample, then scales by the weight and adds the bias.</summary>
        public sealed class GroupNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            [ComponentName(Name = nameof(weight))]
            private Parameter? _weight;

            [ComponentName(Name = nameof(bias))]
            private Parameter? _bias;

            // TorchSharp leaves the affine parameters as they were allocated; here they are what its documentation says: ones and zeros.
            internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, torch.Device? device, torch.ScalarType? dtype)
                : base(nameof(GroupNorm))
            {
                this.num_groups = num_groups;
                this.eps = eps;
                this.affine = affine;

                if (affine)
                {
                    weight = new Parameter(torch.ones(num_channels, dtype, device));
                    bias = new Parameter(torch.zeros(num_channels, dtype, device));
                }
            }

            public long num_groups { get; set; }

            public double eps { get; set; }

            public bool affine { get; set; }

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

            public override torch.Tensor forward(torch.Tensor tensor)
            {
                if (tensor.Dimensions < 3)
                    throw new ArgumentException($"Invalid number of dimensions for GroupNorm argument: {tensor.Dimensions}");
                return torch.nn.functional.group_norm(tensor, num_groups, weight, bias, eps);
            }

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

            private GroupNorm Replace(torch.Device? device, torch.ScalarType? dtype)
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
            public static GroupNorm GroupNorm(
                long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null, ScalarType? dtype = null)
                => new(num_groups, num_channels, eps, affine, device, dtype);
        }
    }
}
