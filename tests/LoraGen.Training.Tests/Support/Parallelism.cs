using System.Runtime.CompilerServices;
using static TorchSharp.torch;

// The random generator and the count of live tensors belong to the process, so tests that seed or count must run alone.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace LoraGen.Training.Tests.Support;

internal static class Parallelism
{
    // The models are so small that threads would only wait for each other.
    [ModuleInitializer]
    public static void UseOneThread() => set_num_threads(1);
}
