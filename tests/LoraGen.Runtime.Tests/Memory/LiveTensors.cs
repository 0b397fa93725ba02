using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Memory;

/// <summary>Counts the tensors that an action leaves behind.</summary>
internal static class LiveTensors
{
    /// <summary>
    /// How many more there are after running it so often; it runs a few times before, so that what it makes once (an optimizer's state) is there.
    /// </summary>
    /// <param name="action">What is run.</param>
    /// <param name="times">How often.</param>
    /// <param name="parameters">How many parameters it makes each time: TorchSharp's count stays too high for each.</param>
    public static long LeftBy(Action action, int times, int parameters = 0)
    {
        for (var i = 0; i < 3; i++)
            action();

        var before = Count();
        for (var i = 0; i < times; i++)
            action();

        // What earlier tests have left may be finalized meanwhile, which makes the number smaller; a leak leaves one tensor or more each time.
        return Math.Max(0, Tensor.TotalCount - before - (times * parameters * MiscountOfParameter()));
    }

    /// <summary>The number of tensors without those that earlier tests have left to the garbage collector.</summary>
    public static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Tensor.TotalCount;
    }

    // A parameter takes over the handle of a tensor, which is counted on though it holds nothing any more.
    private static long MiscountOfParameter()
    {
        var before = Tensor.TotalCount;
        new Parameter(zeros(1)).Dispose();
        return Tensor.TotalCount - before;
    }
}
