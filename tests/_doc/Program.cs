using LoraGen;
using LoraGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

random.manual_seed(1);
using var model = new Net();
using var lora = model.AttachLora();
using var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-2);

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

var options = new TrainingOptions
{
    Epochs = 20,
    LearningRate = LearningRate.Cosine(warmupSteps: 5),
    EarlyStopping = new EarlyStopping(Patience: 3),
    Checkpoints = new CheckpointOptions("runs/first") { Every = 50, Resume = true },
};
var trainer = new Trainer<Points>(model, optimizer, Loss, options, lora);
using var reports = new Reports(new ConsoleReport("rows"), new CsvReport("runs/first.csv"), new LossPlot("runs/first.png"));
try
{
    var result = await trainer.RunAsync(new Circle(64, seed: 1), new Circle(8, seed: 2), reports, stop.Token);
    Console.WriteLine($"{result.End} after {result.Steps} steps; best evaluation {result.Best!.Loss:F4}");
    lora.Save("my-adapter");
}
catch (OperationCanceledException)
{
    Console.WriteLine("Stopped. Run the program again to continue.");
}

BatchLoss Loss(Points batch)
{
    var output = model.forward(batch.Input).squeeze(1);
    return new BatchLoss(functional.binary_cross_entropy_with_logits(output, batch.Target, reduction: Reduction.Sum), batch.Target.numel());
}

[Lora(Rank = 2, Alpha = 4)]
internal sealed class Net : Module<Tensor, Tensor>
{
    private readonly Linear up = Linear(2, 32);
    private readonly Linear down = Linear(32, 1);

    public Net()
        : base(nameof(Net)) => RegisterComponents();

    public override Tensor forward(Tensor input) => down.forward(up.forward(input).relu());
}

// Points in a square, and whether each is in the circle.
internal sealed record Points(Tensor Input, Tensor Target) : IDisposable
{
    public void Dispose()
    {
        Input.Dispose();
        Target.Dispose();
    }
}

internal sealed class Circle(long batches, int seed) : IBatchSource<Points>
{
    public long? BatchesPerEpoch => batches;

    public string Description => $"{batches} batches of 16 points, seed {seed}";

    public IEnumerable<Points> Epoch(long epoch, long skip = 0)
    {
        for (var batch = skip; batch < batches; batch++)
            yield return Draw(new Random((int)((seed * 1_000_000) + (epoch * batches) + batch)));
    }

    private static Points Draw(Random random)
    {
        var numbers = Enumerable.Range(0, 32).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
        var inside = numbers.Chunk(2).Select(point => (point[0] * point[0]) + (point[1] * point[1]) < 0.6f ? 1f : 0f).ToArray();
        return new Points(tensor(numbers, [16, 2]), tensor(inside));
    }
}
