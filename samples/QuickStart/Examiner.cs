using QuickStart.Model;
using QuickStart.Text;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace QuickStart;

/// <summary>Examines a model in each of the states that an adapter can set.</summary>
internal sealed class Examiner(LanguageModel model, Corpus prose, Corpus code, Device device)
{
    private const int Rows = 64;

    public Observation Observe(string state)
    {
        model.eval();
        var (proseLoss, _) = Examine(prose);
        var (codeLoss, logits) = Examine(code);
        return new Observation(state, proseLoss, codeLoss, Weights(), logits);
    }

    private (double Loss, float[] Logits) Examine(Corpus corpus)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (input, target) = corpus.HeldOut(Rows, model.Config.Context, device);
        var logits = model.forward(input);
        return (functional.cross_entropy(logits.flatten(0, 1), target.flatten()).item<float>(), Values(logits[0]));
    }

    private float[] Weights()
    {
        using var scope = NewDisposeScope();
        return Values(cat([.. model.state_dict().Values.Select(weight => weight.flatten())]));
    }

    private static float[] Values(Tensor tensor) => tensor.cpu().data<float>().ToArray();
}
