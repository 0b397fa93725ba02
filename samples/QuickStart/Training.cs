using QuickStart.Model;
using QuickStart.Text;
using Spectre.Console;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace QuickStart;

/// <summary>A training loop as for any TorchSharp model. It works in the same way for the parameters of a model and of an adapter.</summary>
internal sealed record Training(string Name, int Steps, double LearningRate)
{
    private const int Rows = 8;
    private const double MaxGradientNorm = 1;

    public void Run(LanguageModel model, IReadOnlyList<Parameter> parameters, Corpus corpus)
    {
        var random = new Random(1);
        var device = parameters[0].device;
        using var optimizer = optim.AdamW(parameters, LearningRate, weight_decay: 0.01);
        var schedule = optim.lr_scheduler.CosineAnnealingLR(optimizer, Steps);

        model.train();
        AnsiConsole.Progress().Start(progress =>
        {
            var bar = progress.AddTask(Name, maxValue: Steps);
            for (var step = 0; step < Steps; step++)
            {
                using var scope = NewDisposeScope();
                var (input, target) = corpus.Sample(random, Rows, model.Config.Context, device);
                var loss = functional.cross_entropy(model.forward(input).flatten(0, 1), target.flatten());

                optimizer.zero_grad();
                loss.backward();
                nn.utils.clip_grad_norm_(parameters, MaxGradientNorm);
                optimizer.step();
                schedule.step();

                bar.Description = $"{Name}, loss {loss.item<float>():F2}";
                bar.Increment(1);
            }
        });
    }
}
