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

        return Math.Max(0, LeftSince(before) - (times * parameters * MiscountOfParameter()));
    }

    /// <summary>How many more there are than <paramref name="before"/>.</summary>
    /// <param name="before">What <see cref="Count"/> returned before.</param>
    public static long LeftSince(long before)
    {
        // What earlier tests have left may be finalized meanwhile, which makes the number smaller.
        return Math.Max(0, Tensor.TotalCount - before);
    }

    /// <summary>The number of tensors without those that earlier tests have left to the garbage collector.</summary>
    public static long Count()
    {
        long before;
        do
        {
            before = Tensor.TotalCount;
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        while (Tensor.TotalCount < before);
        return before;
    }

    // A parameter takes over the handle of a tensor, which is counted on though it holds nothing any more.
    private static long MiscountOfParameter()
    {
        var before = Tensor.TotalCount;
        new Parameter(zeros(1)).Dispose();
        return Tensor.TotalCount - before;
    }
}
