using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>y = x·Wᵀ + b. Only the weight and the bias follow <c>to(…)</c>; what else is registered here stays as it is.</summary>
        public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            private static readonly double _sqrt5 = Math.Sqrt(5);

            [ComponentName(Name = nameof(weight))]
            private Parameter? _weight;

            [ComponentName(Name = nameof(bias))]
            private Parameter? _bias;

            internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
            {
                in_features = weight.shape[1];
                out_features = weight.shape[0];
                this.weight = weight;
                if (bias is not null)
                    this.bias = bias;
            }

            internal Linear(long inputSize, long outputSize, bool hasBias, torch.Device? device, torch.ScalarType? dtype) : base(nameof(Linear))
            {
                in_features = inputSize;
                out_features = outputSize;

                weight = new Parameter(torch.empty(outputSize, inputSize, dtype: dtype, device: device));
                torch.nn.init.kaiming_uniform_(weight, a: _sqrt5);

                if (hasBias)
                {
                    bias = new Parameter(torch.empty(outputSize, dtype: dtype, device: device));
                    var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
                    torch.nn.init.uniform_(bias, -bound, bound);
                }
            }

            public long in_features { get; set; }

            public long out_features { get; set; }

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

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.linear(tensor, _weight!, _bias);

            protected override void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                _weight?.Dispose();
                _bias?.Dispose();
            }

            protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => Replace(device, dtype);

            protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
                => Replace(new torch.Device(deviceType, deviceIndex), null);

            protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => Replace(null, dtype);

            private Linear Replace(torch.Device? device, torch.ScalarType? dtype)
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
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
                => new(inputSize, outputSize, hasBias, device, dtype);

            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);
        }
    }
}
