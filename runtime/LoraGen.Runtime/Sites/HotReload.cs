using System.Diagnostics.CodeAnalysis;
using System.Reflection.Metadata;
using LoraGen.Sites;

[assembly: MetadataUpdateHandler(typeof(HotReload))]

namespace LoraGen.Sites;

/// <summary>Counts the updates of code in the running process: after each, adapters check again that their sites are reached.</summary>
internal static class HotReload
{
    private static int s_version;

    /// <summary>The number of updates.</summary>
    public static int Version => Volatile.Read(ref s_version);

    /// <summary>Called by .NET after an update.</summary>
    [SuppressMessage("Style", "IDE0060", Justification = "The signature that .NET calls.")]
    public static void UpdateApplication(Type[]? updated) => Interlocked.Increment(ref s_version);
}
