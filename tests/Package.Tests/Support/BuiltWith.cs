using System.Reflection;

namespace Package.Tests.Support;

/// <summary>Where and how this test project was built; what it packs and restores has to be the same.</summary>
internal static class BuiltWith
{
    private static readonly Dictionary<string, string?> Metadata = typeof(BuiltWith).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToDictionary(attribute => attribute.Key, attribute => attribute.Value);

    public static string RepositoryRoot => Metadata[nameof(RepositoryRoot)]!;

    public static string Configuration => Metadata[nameof(Configuration)]!;

    public static string RuntimeIdentifier => Metadata[nameof(RuntimeIdentifier)]!;

    /// <summary>The folder with what NuGet has downloaded so far.</summary>
    public static string PackageCache => Metadata[nameof(PackageCache)]!;

    public static string TorchSharpVersion => Metadata[nameof(TorchSharpVersion)]!;

    /// <summary>The libtorch of this system, as a program of one file names it.</summary>
    public static string NativeTorchPackage => $"{Metadata["LibTorchPackage"]}@{Metadata["LibTorchVersion"]}";

    /// <summary>What a program references beside LoraGen: the libtorch of its system.</summary>
    public static string NativeTorchReference(string versionAttribute) =>
        $"<PackageReference Include=\"{Metadata["LibTorchPackage"]}\" {versionAttribute}=\"{Metadata["LibTorchVersion"]}\" />";
}
