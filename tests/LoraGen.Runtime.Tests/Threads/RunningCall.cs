using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Threads;

/// <summary>A call on another thread, which stops between the two layers until it may continue.</summary>
internal sealed class RunningCall : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly ManualResetEventSlim _isBetween = new();
    private readonly ManualResetEventSlim _mayGoOn = new();
    private readonly Task<Tensor> _call;

    /// <summary>Returns when the call is between the layers.</summary>
    /// <param name="model">The model.</param>
    /// <param name="call">How it is called.</param>
    public RunningCall(Paused model, Func<Tensor> call)
    {
        _call = Task.Run(() =>
        {
            using var noGrad = no_grad();
            model.Between.Value = () =>
            {
                _isBetween.Set();
                Assert.True(_mayGoOn.Wait(Long), "The call was never allowed to continue.");
            };
            try
            {
                return call();
            }
            finally
            {
                model.Between.Value = null;
            }
        });
        Assert.True(_isBetween.Wait(Long), "The call never began.");
    }

    /// <summary>Lets the call continue, and returns its output.</summary>
    public Tensor Finish()
    {
        _mayGoOn.Set();
        return Result(_call);
    }

    public void Dispose()
    {
        Finish();
        _isBetween.Dispose();
        _mayGoOn.Dispose();
    }

    /// <summary>Whether the task ends soon.</summary>
    public static bool EndsSoon(Task task) => task.Wait(TimeSpan.FromMilliseconds(50));

    /// <summary>Waits for a task that must end.</summary>
    public static void Wait(Task task) => Assert.True(task.Wait(Long), "It never ended.");

    /// <summary>The result of a task that must end.</summary>
    public static T Result<T>(Task<T> task)
    {
        Wait(task);
        return task.Result;
    }
}
