using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// Exceptions in backward passes. An exception that leaves a backward pass ends the process, so the node returns a gradient of an impossible shape instead:
/// libtorch then fails by an exception of its own, whose text has the shape. The intercepted <c>backward</c> throws the original one.
/// </summary>
internal static partial class BackwardFailure
{
    private static readonly List<(int Id, WeakReference<nn.Module> Block, ExceptionDispatchInfo Info)> Pending = [];
    private static int s_last;

    /// <summary>Keeps an exception, and returns its number, which is at least 1.</summary>
    public static int Add(nn.Module block, Exception failure)
    {
        lock (Pending)
        {
            Pending.Add((++s_last, new WeakReference<nn.Module>(block), ExceptionDispatchInfo.Capture(failure)));
            return s_last;
        }
    }

    /// <summary>Throws the exception to which libtorch's belongs, if there is one.</summary>
    public static void ThrowOriginal(Exception ofLibtorch)
    {
        if (Shape().Match(ofLibtorch.Message) is { Success: true } match)
            Take(pending => pending.Id.ToString(CultureInfo.InvariantCulture) == match.Groups[1].Value)?.Throw();
    }

    /// <summary>Throws the first exception that was added since a number was the last one.</summary>
    public static void ThrowSince(int last) => Take(pending => pending.Id > last)?.Throw();

    /// <summary>The number of the last exception.</summary>
    public static int Last => Volatile.Read(ref s_last);

    /// <summary>Throws if the last backward pass of a block failed and nothing has thrown it.</summary>
    public static void ThrowOf(nn.Module block, string path)
    {
        if (Take(pending => pending.Block.TryGetTarget(out var other) && ReferenceEquals(other, block)) is { } info)
        {
            var failure = info.SourceException;
            throw new InvalidOperationException($"{path}: the last backward pass failed, so its gradients are wrong: {failure.Message}", failure);
        }
    }

    private static ExceptionDispatchInfo? Take(Predicate<(int Id, WeakReference<nn.Module> Block, ExceptionDispatchInfo Info)> isMeant)
    {
        if (Last == 0)
            return null;

        lock (Pending)
        {
            Pending.RemoveAll(pending => !pending.Block.TryGetTarget(out _));
            if (Pending.FindIndex(isMeant) is not (>= 0 and var index))
                return null;

            // Those of other blocks in the same pass only follow from it.
            var info = Pending[index].Info;
            Pending.Clear();
            return info;
        }
    }

    [GeneratedRegex(@"got \[(\d+)\] but expected shape compatible with \[0\]", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
