using Xunit.Sdk;

namespace LoraGen.Runtime.Tests.Standalone;

/// <summary>All tests of this assembly by xunit's own framework, for machines without the SDK.</summary>
internal static class AllTests
{
    /// <summary>Writes what failed and a last line that counts. 0 where all passed and there are any.</summary>
    public static int Run(TextWriter output)
    {
        var nowhere = new NullMessageSink();
        using var framework = new XunitTestFramework(nowhere);
        using var executor = framework.GetExecutor(typeof(AllTests).Assembly.GetName());
        using var results = new Results(output);
        executor.RunAll(results, new Options(), new Options());
        results.Finished.WaitOne();
        output.WriteLine($"{results.Passed} passed, {results.Failed} failed, {results.Skipped} skipped");
        return results.Failed == 0 && results.Passed > 0 ? 0 : 1;
    }
}
