using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>x where it is positive, else x times the weight: one, or one a channel.</summary>
        public sealed class PReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            [ComponentName(Name = nameof(weight))]
            private Parameter? _weight;

            internal PReLU(long num_parameters, double init) : base(nameof(PReLU))
            {
                this.num_parameters = num_parameters;
                this.init = init;
                weight = new Parameter(torch.full([num_parameters], init, torch.get_default_dtype()));
            }

            public long num_parameters { get; }

            public double init { get; }

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

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.prelu(tensor, weight);

            public override string GetName() => nameof(PReLU);

            protected override void Dispose(bool disposing)
            {
                if (disposing)
                    _weight?.Dispose();
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static PReLU PReLU(long num_parameters, double init = 0.25, Device? device = null, ScalarType? dtype = null)
                => new PReLU(num_parameters, init).MoveModule<PReLU>(device, dtype);
        }
    }
}
