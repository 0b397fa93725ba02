using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Checkpointing;

/// <summary>Trainings with checkpointed blocks are the same to the bit: by methods that keep something between steps, and on several threads.</summary>
public sealed class TrainingTests
{
    private const int Steps = 8;

    private static readonly string[] Names = ["AdaLoRA", "VeLoRA of the first batch", "VeLoRA of each batch"];
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Methods => [.. Names];

    [Theory, MemberData(nameof(Methods))]
    public void By_methods_that_keep_something_between_steps(string method)
    {
        using var plain = new Training(method, dropout: 0.25, isCheckpointed: false);
        var expected = plain.Run(Drop);
        using var checkpointed = new Training(method, dropout: 0.25, isCheckpointed: true);
        Assert.Equal(expected, checkpointed.Run(Drop));

        static void Drop(int step) => random.manual_seed(step);
    }

    // Without dropout: the generator of random numbers belongs to the process.
    [Fact]
    public async Task On_several_threads_at_once()
    {
        string[] methods = [.. Names, .. Names];
        var expected = methods.Select(method =>
        {
            using var plain = new Training(method, dropout: 0, isCheckpointed: false);
            return plain.Run(static _ => { });
        }).ToArray();

        Training[] trainings = [.. methods.Select(method => new Training(method, dropout: 0, isCheckpointed: true))];
        using var together = new Barrier(trainings.Length);
        var running = trainings.Select(training => Task.Factory.StartNew(
            () => training.Run(_ => Assert.True(together.SignalAndWait(Longest))),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        var found = await Task.WhenAll(running);
        foreach (var training in trainings)
            training.Dispose();
        Assert.Equal(expected, found);
    }

    private sealed class Training : IDisposable
    {
        private readonly Checkpointed _model;
        private readonly AdapterBase _adapter;
        private readonly optim.Optimizer _optimizer;
        private readonly IDisposable? _checkpoints;
        private readonly Tensor _input = Make.Normal(3, 5, 6);

        public Training(string method, double dropout, bool isCheckpointed)
        {
            _model = Make.Model(() => new Checkpointed(4, dropout));
            _adapter = method switch
            {
                "AdaLoRA" => _model.AttachAdaLora(),
                "VeLoRA of the first batch" => _model.AttachVelora(),
                _ => _model.AttachEachVelora(),
            };
            _optimizer = Make.Optimizer(_adapter, parameters => optim.AdamW(parameters, lr: 1e-2));
            _checkpoints = isCheckpointed ? CheckpointedBlocks.Enable(_model, "blocks.*") : null;
        }

        /// <summary>Returns the gradients and the values of each step.</summary>
        public IReadOnlyList<byte[]> Run(Action<int> begin)
        {
            var seen = new List<byte[]>();
            for (var step = 0; step < Steps; step++)
            {
                begin(step);
                using var scope = NewDisposeScope();
                _optimizer.zero_grad();
                _model.forward(_input + step).pow(2).mean().backward();
                seen.AddRange(_adapter.TrainedParameters().Select(parameter => Expect.Bytes(parameter.grad!)));
                _optimizer.step();
                seen.AddRange(_adapter.TrainedParameters().Select(Expect.Bytes));
            }

            Assert.All(_model.blocks, block => Assert.Equal(_checkpoints is null ? Steps : 2 * Steps, block.Count));
            return seen;
        }

        public void Dispose()
        {
            _checkpoints?.Dispose();
            _optimizer.Dispose();
            _adapter.Dispose();
            _model.Dispose();
        }
    }
}
