using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace LoraGen.Runtime.Tests.Standalone;

/// <summary>Counts results and writes failures. The counts and the class that begins are written on the way: a process that ends early has said them.</summary>
internal sealed class Results(TextWriter output) : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public ManualResetEvent Finished { get; } = new(initialState: false);

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public int Skipped { get; private set; }

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestClassStarting starting:
                Write($"{Passed} passed, {Failed} failed; next {starting.TestClass.Class.Name}");
                break;
            case ITestPassed:
                Passed++;
                break;
            case ITestSkipped:
                Skipped++;
                break;
            case ITestFailed failed:
                Fail(failed.Test.DisplayName, failed);
                break;
            case ITestAssemblyFinished:
                Finished.Set();
                break;
            // What fails outside a test, in a fixture or while cleaning up.
            case IFailureInformation failure:
                Fail(message.GetType().Name, failure);
                break;
        }

        return true;
    }

    public void Dispose() => Finished.Dispose();

    private void Fail(string name, IFailureInformation failure)
    {
        Failed++;
        Write($"FAILED {name}: {string.Join(" / ", failure.Messages)}\n{failure.StackTraces.FirstOrDefault()}");
    }

    private void Write(string line)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds,4:F0} s  {line}"));
        output.Flush();
    }
}
