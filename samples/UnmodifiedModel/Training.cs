using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace UnmodifiedModel;

/// <summary>A training loop as for any TorchSharp model, and the share of states that the model then predicts correctly.</summary>
internal static class Training
{
    public static void Run(Classifier model, IEnumerable<Parameter> parameters, Plant plant, int steps)
    {
        using var optimizer = optim.AdamW(parameters, lr: 1e-2);
        model.train();
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var (readings, states) = plant.Measure(128);
            var loss = functional.cross_entropy(model.forward(readings), states);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }
    }

    public static double Accuracy(Classifier model, (Tensor Readings, Tensor States) test)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        model.eval();
        return model.forward(test.Readings).argmax(1).eq(test.States).to(float32).mean().item<float>();
    }
}
