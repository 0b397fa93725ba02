#nullable disable
namespace TorchSharp.Modules;

public partial class AdamW
{
    /// <summary>How many steps a parameter has made, and the moving averages of its gradient and of the gradient's square.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public torch.Tensor exp_avg;
        public torch.Tensor exp_avg_sq;
        public torch.Tensor max_exp_avg_sq;

        public State(Parameter parameter) : base(parameter)
        {
        }

        public void Dispose()
        {
            exp_avg?.Dispose();
            exp_avg_sq?.Dispose();
            max_exp_avg_sq?.Dispose();
        }

        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            exp_avg = Zeros();
            exp_avg_sq = Zeros();
            max_exp_avg_sq = ((Options)options).amsgrad.Value ? Zeros() : null;
        }

        public override void to(torch.Device device)
        {
            Move(ref exp_avg, device);
            Move(ref exp_avg_sq, device);
            Move(ref max_exp_avg_sq, device);
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            exp_avg.Save(writer);
            exp_avg_sq.Save(writer);
            SaveConditionalStateTensor(writer, max_exp_avg_sq);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            exp_avg.Load(reader);
            exp_avg_sq.Load(reader);
            LoadConditionalStateTensor(reader, ref max_exp_avg_sq, _parameter.device);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var from = (State)source;
            step = from.step;
            Take(ref exp_avg, from.exp_avg);
            Take(ref exp_avg_sq, from.exp_avg_sq);
            Take(ref max_exp_avg_sq, from.max_exp_avg_sq);
        }

        public override bool ApproximatelyEquals(OptimizerState other)
            => other is State that
                && step == that.step
                && Alike(exp_avg, that.exp_avg)
                && Alike(exp_avg_sq, that.exp_avg_sq)
                && Alike(max_exp_avg_sq, that.max_exp_avg_sq);
    }
}
