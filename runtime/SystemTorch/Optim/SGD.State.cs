#nullable disable
namespace TorchSharp.Modules;

public partial class SGD
{
    /// <summary>The running sum of a parameter's gradients, where there is momentum.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        public torch.Tensor momentum_buffer;

        public State(Parameter parameter) : base(parameter)
        {
        }

        public void Dispose() => momentum_buffer?.Dispose();

        public override void Initialize(OptimizerOptions options)
        {
            momentum_buffer?.Dispose();
            momentum_buffer = null;
        }

        public override void to(torch.Device device) => Move(ref momentum_buffer, device);

        public override void SaveStateDict(BinaryWriter writer) => SaveConditionalStateTensor(writer, momentum_buffer);

        public override void LoadStateDict(BinaryReader reader) => LoadConditionalStateTensor(reader, ref momentum_buffer, _parameter.device);

        public override void LoadStateDict(OptimizerState source) => Take(ref momentum_buffer, ((State)source).momentum_buffer);

        public override bool ApproximatelyEquals(OptimizerState other) => other is State that && Alike(momentum_buffer, that.momentum_buffer);

        /// <summary>Takes a gradient into the sum and gives the direction to go.</summary>
        internal torch.Tensor Advance(torch.Tensor grad, Options options)
        {
            if (momentum_buffer is null)
                momentum_buffer = grad.clone().DetachFromDisposeScope();
            else
                momentum_buffer.mul_(options.momentum.Value).add_(grad, alpha: 1 - options.dampening.Value);

            return options.nesterov.Value ? grad.add(momentum_buffer, alpha: options.momentum.Value) : momentum_buffer;
        }
    }
}
