using System.Runtime.CompilerServices;
using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Emission;

/// <summary>The generated files of a project, kept beside it in a folder of the test's name.</summary>
internal static class Snapshot
{
    /// <summary>The harness makes its checks and compares, or stores, the files; Microsoft's test compares them once more.</summary>
    public static async Task Verify(GeneratorRun run, [CallerMemberName] string test = "", [CallerFilePath] string file = "")
    {
        TestProject.Snapshots.Verify(run.Run(), test, file);
        await GeneratorTest.Check(run.Sources, run.InterceptorsNamespaces, TestProject.Snapshots.Files(test));
    }
}
