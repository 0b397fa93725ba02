using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;

namespace TorchSharp;

/// <summary>
/// Carries an exception of managed code through native frames, which only a message can cross: the message holds a number, by which the other side finds
/// the exception, on whatever thread it is.
/// </summary>
internal static unsafe class ManagedFailure
{
    private const string Mark = "SystemTorch managed exception ";

    private static readonly ConcurrentDictionary<long, Exception> Pending = new();
    private static long last;

    /// <summary>Leaves the exception as the native error of this thread.</summary>
    internal static void Leave(Exception exception)
    {
        var id = Interlocked.Increment(ref last);
        Pending[id] = exception;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Mark}{id}: {exception.Message}\0");
        fixed (byte* message = Encoding.UTF8.GetBytes(text))
        {
            Native.st_set_error(message);
        }
    }

    /// <summary>Throws the exception that the message stands for, if it stands for one.</summary>
    internal static void Rethrow(string message)
    {
        var start = message.IndexOf(Mark, StringComparison.Ordinal);
        if (start < 0)
        {
            return;
        }

        var number = message[(start + Mark.Length)..].Split(':')[0];
        if (Pending.TryRemove(long.Parse(number, CultureInfo.InvariantCulture), out var exception))
        {
            ExceptionDispatchInfo.Capture(exception).Throw();
        }
    }
}
