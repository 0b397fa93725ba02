using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Threads;

/// <summary>What happens to a model while a call of it is running.</summary>
public sealed class RunningCallTests : IDisposable
{
    private readonly Paused _model = Make.Model(() => new Paused());
    private readonly Tensor _input = Make.Normal(3, 5, 6);

    public static TheoryData<string> Ways => ["call", "forward", "delegate"];

    public void Dispose() => _model.Dispose();

    [Theory, MemberData(nameof(Ways))]
    public void It_keeps_an_adapter_that_is_switched_off(string way)
    {
        using var lora = Make.Trained(_model.AttachLora());
        var (adapted, plain) = (Output(), OutputWithout(lora));
        using var running = Begin(way);
        lora.IsActive = false;

        Expect.SameBits(plain, Output());
        Expect.SameBits(adapted, running.Finish());
        Expect.SameBits(plain, Output());
    }

    [Theory, MemberData(nameof(Ways))]
    public void It_does_not_see_an_adapter_that_is_switched_on(string way)
    {
        using var lora = Make.Trained(_model.AttachLora());
        using var other = Make.Trained(_model.AttachOtherLora(), seed: 50);
        other.ActivateOnly();
        var onlyOther = Output();
        using var running = Begin(way);
        lora.ActivateOnly();

        Expect.Differ(onlyOther, Output());
        Expect.SameBits(onlyOther, running.Finish());
    }

    [Theory, MemberData(nameof(Ways))]
    public void It_keeps_an_adapter_that_is_disposed_until_it_ends(string way)
    {
        var plain = Output();
        var lora = Make.Trained(_model.AttachLora());
        var adapted = Output();
        var parameters = lora.Parameters();
        var running = Begin(way);
        lora.Dispose();

        Assert.False(lora.IsAttached);
        Assert.All(parameters, parameter => Assert.False(parameter.IsInvalid));
        Expect.SameBits(plain, Output());
        Expect.SameBits(adapted, running.Finish());
        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
        Assert.All(_model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Calls_go_on_after_a_change_that_waited_was_interrupted()
    {
        using var lora = Make.Trained(_model.AttachLora());
        using var running = Begin("call");
        Exception? error = null;
        var detaching = new Thread(() => error = Record.Exception(lora.Detach));
        detaching.Start();
        Assert.True(SpinWait.SpinUntil(() => detaching.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(60)));
        detaching.Interrupt();
        detaching.Join();

        Assert.IsType<ThreadInterruptedException>(error);
        RunningCall.Wait(Task.Run(() => Output().Dispose()));
        Assert.True(lora.IsAttached);
    }

    [Fact]
    public void The_name_of_a_disposed_adapter_is_free_at_once()
    {
        var lora = Make.Trained(_model.AttachLora());
        var running = Begin("call");
        lora.Dispose();
        var attached = Task.Run(() => Make.Trained(_model.AttachLora()));
        running.Dispose();

        using var second = RunningCall.Result(attached);
        Assert.Equal(2, second.Sites.Count);
    }

    public static TheoryData<string, string> Changes
    {
        get
        {
            var changes = new TheoryData<string, string>();
            foreach (var way in (string[])["call", "forward", "delegate"])
            {
                foreach (var verb in Verbs.Keys)
                    changes.Add(way, verb);
            }

            return changes;
        }
    }

    [Theory, MemberData(nameof(Changes))]
    public void A_change_waits_for_it_and_later_calls_wait_for_the_change(string way, string verb)
    {
        using var lora = Make.Trained(_model.AttachLora());
        var adapted = Output();
        var running = Begin(way);
        var change = Task.Run(() => Verbs[verb](_model, lora));
        var later = Task.Run(Output);
        while (!RunningCall.EndsSoon(change) && RunningCall.EndsSoon(later))
        {
            // The change has not begun to wait.
            Expect.SameBits(adapted, RunningCall.Result(later));
            later = Task.Run(Output);
        }

        Assert.False(change.IsCompleted, "The change did not wait.");
        Expect.SameBits(adapted, running.Finish());
        RunningCall.Wait(change);
        RunningCall.Wait(later);
        running.Dispose();
    }

    [Theory, MemberData(nameof(Ways))]
    public void Changes_within_it_throw(string way)
    {
        using var lora = Make.Trained(_model.AttachLora());
        var adapted = Output();
        var refused = new List<string>();
        _model.Between.Value = () =>
        {
            foreach (var (verb, change) in Verbs)
            {
                var error = Assert.Throws<InvalidOperationException>(() => change(_model, lora));
                Assert.Contains("within a call of Paused", error.Message);
                refused.Add(verb);
            }
        };
        Expect.SameBits(adapted, Call(way));
        Assert.Equal(Verbs.Keys, refused);
        Assert.True(lora.IsAttached && !lora.IsMerged);
    }

    [Fact]
    public void Changes_within_a_call_that_only_hooks_see_throw()
    {
        using var lora = Make.Trained(_model.AttachLora());
        _model.Between.Value = () => lora.Merge();
        Assert.Contains("within a call of Paused", Assert.Throws<InvalidOperationException>(() => Call("delegate")).Message);
    }

    [Theory, MemberData(nameof(Ways))]
    public void An_exception_in_it_ends_it(string way)
    {
        using var lora = Make.Trained(_model.AttachLora());
        var adapted = Output();
        _model.Between.Value = () => throw new NotSupportedException("on purpose");
        Assert.Throws<NotSupportedException>(() => Call(way));
        _model.Between.Value = null;

        Expect.SameBits(adapted, Call(way));
        lora.Merge();
        Expect.Close(adapted, Call(way));
        lora.Unmerge();
        Expect.SameBits(adapted, Call(way));
    }

    [Theory, MemberData(nameof(Ways))]
    public void An_exception_on_another_thread_ends_it(string way)
    {
        using var lora = Make.Trained(_model.AttachLora());
        using var done = new ManualResetEventSlim();
        using var failed = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            _model.Between.Value = () => throw new NotSupportedException("on purpose");
            Assert.Throws<NotSupportedException>(() => Call(way));
            failed.Set();
            done.Wait();
        });
        thread.Start();
        failed.Wait();
        var merge = Task.Run(() => lora.Merge());
        RunningCall.Wait(merge);
        done.Set();
        thread.Join();
    }

    [Fact]
    public void A_task_that_a_forward_starts_is_part_of_it()
    {
        using var lora = Make.Trained(_model.AttachLora());
        _model.Between.Value = () => RunningCall.Wait(Task.Run(() => Assert.Throws<InvalidOperationException>(lora.Merge)));
        Call("call");
        Assert.False(lora.IsMerged);
    }

    [Fact]
    public void Another_model_is_free_meanwhile()
    {
        using var other = Make.Model(() => new Paused(), seed: 2);
        using var lora = Make.Trained(_model.AttachLora());
        using var running = Begin("call");

        using var free = Make.Trained(other.AttachLora());
        free.Merge();
        free.Unmerge();
        free.Detach();
    }

    [Theory, MemberData(nameof(Ways))]
    public void Merging_beside_calls_tears_no_weight(string way)
    {
        using var lora = Make.Trained(_model.AttachLora());
        var adapted = Output();
        using var stop = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var count = 0;
            while (!stop.IsCancellationRequested || count == 0)
            {
                using var output = Call(way);
                Expect.Close(adapted, output);
                count++;
            }

            return count;
        })).ToArray();
        for (var round = 0; round < 50; round++)
        {
            lora.Merge();
            lora.Unmerge();
        }

        stop.Cancel();
        Assert.All(calls, call => Assert.True(RunningCall.Result(call) > 0));
    }

    private static Dictionary<string, Action<Paused, PausedLora>> Verbs { get; } = new()
    {
        ["attach"] = (model, _) => model.AttachOtherLora().Dispose(),
        ["merge"] = (_, lora) => lora.Merge(),
        ["to"] = (_, lora) => lora.To(TestDevice.Device),
        ["attach with biases"] = (model, _) => model.AttachBiasedLora().Dispose(),
        ["merge and unload"] = (_, lora) => lora.MergeAndUnload(),
        ["detach"] = (_, lora) => lora.Detach(),
    };

    private RunningCall Begin(string way) => new(_model, () => Call(way));

    // No interceptor sees a call through a delegate, only hooks do.
    private Tensor Call(string way)
    {
        using var noGrad = no_grad();
        Func<Tensor, Tensor> call = _model.call;
        return way switch
        {
            "call" => _model.call(_input),
            "forward" => _model.forward(_input),
            _ => call(_input),
        };
    }

    private Tensor Output() => Call("call");

    private Tensor OutputWithout(PausedLora lora)
    {
        lora.IsActive = false;
        var output = Output();
        lora.IsActive = true;
        return output;
    }
}
