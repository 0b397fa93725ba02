namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public interface ILearningRateController
        {
            public double LearningRate { get; set; }

            public double InitialLearningRate { get; set; }
        }

        public interface IMomentum
        {
            public double Momentum { get; set; }
        }

        public interface IBetas
        {
            public (double, double) Betas { get; set; }
        }
    }
}
