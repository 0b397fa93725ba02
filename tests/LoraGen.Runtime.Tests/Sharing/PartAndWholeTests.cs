using LoraGen.Runtime.Tests.Threads;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Sharing;

/// <summary>A part of an adapted model that is an adapted model too.</summary>
public sealed class PartAndWholeTests : IDisposable
{
    private readonly Part _part = Make.Model(() => new Part());
    private readonly Whole _whole;
    private readonly Tensor _input = Make.Normal(3, 5, 4);

    public PartAndWholeTests() => _whole = Make.Model(() => new Whole(_part), seed: 2);

    public void Dispose() => _whole.Dispose();

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void Both_act_in_each_call_of_the_part(bool isPartFirst, bool setsPart, bool setsWhole)
    {
        using var noGrad = no_grad();
        var before = ModelState.Of(_whole);
        Adapter Part() => Make.Trained<Adapter>(setsPart ? _part.AttachPartWeightsLora() : _part.AttachPartLora());
        Adapter Whole() => Make.Trained<Adapter>(setsWhole ? _whole.AttachWeightsLora() : _whole.AttachLora(), seed: 50);
        using var first = isPartFirst ? Part() : Whole();
        using var second = isPartFirst ? Whole() : Part();
        var (output, ofPart) = (_whole.call(_input), _part.call(_input));
        Expect.SameBits(output, _whole.forward(_input));

        first.Merge();
        second.Merge();
        Expect.Close(output, _whole.call(_input));
        Expect.Close(ofPart, _part.call(_input));
        second.Dispose();
        first.Dispose();
        Assert.Equal(before, ModelState.Of(_whole));
    }

    [Fact]
    public void A_call_that_sets_weights_waits_for_one_of_the_other_model()
    {
        using var ofPart = Make.Trained(_part.AttachPartWeightsLora());
        using var ofWhole = Make.Trained(_whole.AttachWeightsLora(), seed: 50);
        using var isRunning = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var running = Task.Run(() =>
        {
            _part.Before.Value = () =>
            {
                isRunning.Set();
                mayEnd.Wait();
            };
            _whole.call(_input).Dispose();
        });
        isRunning.Wait();
        var waiting = Task.Run(() => _part.call(_input).Dispose());

        Assert.False(RunningCall.EndsSoon(waiting));
        mayEnd.Set();
        RunningCall.Wait(running);
        RunningCall.Wait(waiting);
    }

    [Fact]
    public void Of_two_models_that_are_attached_at_once_one_is_refused()
    {
        for (var round = 0; round < 200; round++)
        {
            var other = Make.Model(() => new Whole(_part), seed: 3); // disposed with the part
            using var barrier = new Barrier(2);
            var adapters = new LoraGen.Adapter?[2];
            Parallel.Invoke(() => Attach(0, _whole), () => Attach(1, other));
            Assert.Single(adapters, adapter => adapter is not null);
            foreach (var adapter in adapters)
                adapter?.Dispose();
            Assert.All(_part.parameters(), parameter => Assert.True(parameter.requires_grad));

            void Attach(int index, Whole model)
            {
                barrier.SignalAndWait();
                try
                {
                    adapters[index] = model.AttachLora();
                }
                catch (InvalidOperationException error) when (error.Message.Contains("shared: true", StringComparison.Ordinal))
                {
                }
            }
        }
    }
}
