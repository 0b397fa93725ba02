using LoraGen.Training.Reading;
using LoraGen.Training.Reporting;

namespace LoraGen.Training.Registry;

/// <summary>Trained versions in a folder: a folder for each, with its description (<c>version.json</c>) and a copy of its adapter.</summary>
/// <param name="folder">The folder of the registry; it is created if it doesn't exist.</param>
public sealed class VersionRegistry(string folder)
{
    private const string Description = "version.json";
    private const string Adapter = "adapter";

    /// <summary>Copies an adapter into the registry. It is written under another name and renamed, so that all registered versions are complete.</summary>
    /// <param name="version">Its description. When it is registered, the adapter's hash and the adapter's folder are set here.</param>
    /// <param name="adapter">The folder of the adapter's files, which was passed to <c>Save</c>.</param>
    /// <returns>The version as it is registered.</returns>
    /// <exception cref="ArgumentException">The name can't be that of a folder.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder of an adapter.</exception>
    /// <exception cref="IOException">The name is taken.</exception>
    public TrainedVersion Register(TrainedVersion version, string adapter)
    {
        ArgumentNullException.ThrowIfNull(version);
        EnsureName(version.Name);
        if (!Directory.Exists(adapter))
            throw new DirectoryNotFoundException($"There is no folder \"{adapter}\" ({Path.GetFullPath(adapter)}).");
        if (Directory.Exists(FolderOf(version.Name)))
            throw new IOException($"\"{version.Name}\" is already registered in \"{folder}\". Choose another name: versions don't change.");

        var beside = Path.Combine(folder, $".{version.Name}.{Guid.NewGuid():N}.tmp");
        try
        {
            Copy(adapter, Path.Combine(beside, Adapter));
            var registered = version with { Registered = DateTimeOffset.UtcNow, AdapterHash = DataFiles.Hash(Path.Combine(beside, Adapter)) };
            JsonFiles.Write(Path.Combine(beside, Description), registered);
            Directory.Move(beside, FolderOf(version.Name));
            return WithFolder(registered);
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }
    }

    /// <summary>All versions, in the order in which they were registered.</summary>
    /// <exception cref="InvalidDataException">A description can't be read.</exception>
    public IReadOnlyList<TrainedVersion> All()
    {
        var names = Directory.Exists(folder) ? Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Where(IsName) : [];
        return [.. names.Select(Read).OrderBy(version => version.Registered).ThenBy(version => version.Name, StringComparer.Ordinal)];
    }

    /// <summary>Finds a version by its name, and checks its files.</summary>
    /// <param name="name">The name.</param>
    /// <param name="baseHash">The hash of the base model that the adapter will be attached to; null isn't checked.</param>
    /// <returns>The version, whose <see cref="TrainedVersion.AdapterFolder"/> can be loaded.</returns>
    /// <exception cref="KeyNotFoundException">There is no such version; the message lists those that there are.</exception>
    /// <exception cref="InvalidDataException">
    /// It was trained on another base model, or it isn't known on which; its files aren't those that were registered; or its description can't be read.
    /// </exception>
    public TrainedVersion Load(string name, string? baseHash = null)
    {
        var version = Find(name);
        if (baseHash is not null && !baseHash.Equals(version.BaseHash, StringComparison.OrdinalIgnoreCase))
        {
            var expected = version.BaseHash is { } hash ? $"the base model {hash}" : "a base model whose hash wasn't registered";
            throw new InvalidDataException($"\"{name}\" was trained on {expected}, and this one is {baseHash}. Load the base model that it was trained on.");
        }

        if (DataFiles.Hash(version.AdapterFolder) is var actual && actual != version.AdapterHash)
        {
            throw new InvalidDataException(
                $"The files in \"{version.AdapterFolder}\" aren't those that were registered: their hash is {actual}, expected {version.AdapterHash}.");
        }

        return version;
    }

    /// <summary>What differs between two versions: the configuration, the data, the base model, and each metric with its change.</summary>
    /// <param name="first">The name of one.</param>
    /// <param name="second">The name of the other.</param>
    /// <returns>A text of several lines.</returns>
    /// <exception cref="KeyNotFoundException">There is no such version; the message lists those that there are.</exception>
    public string Compare(string first, string second) => VersionDifference.Text(Find(first), Find(second));

    private TrainedVersion Find(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (IsName(name) && Directory.Exists(FolderOf(name)))
            return Read(name);

        var known = All().Select(version => version.Name).ToArray();
        throw new KeyNotFoundException($"There is no version \"{name}\" in \"{folder}\". It has {(known.Length == 0 ? "none" : string.Join(", ", known))}.");
    }

    private TrainedVersion Read(string name) => WithFolder(JsonFiles.Read<TrainedVersion>(Path.Combine(FolderOf(name), Description)));

    private TrainedVersion WithFolder(TrainedVersion version) => version with { AdapterFolder = Path.Combine(FolderOf(version.Name), Adapter) };

    private string FolderOf(string name) => Path.Combine(folder, name);

    private static bool IsName(string name)
    {
        return name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) && name.All(each => char.IsAsciiLetterOrDigit(each) || each is '-' or '_' or '.');
    }

    private static void EnsureName(string name)
    {
        if (!IsName(name))
        {
            throw new ArgumentException(
                $"\"{name}\" can't be the name of a version: use letters, digits, -, _ and ., and begin with a letter or digit.", nameof(name));
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var inner in Directory.GetDirectories(from))
            Copy(inner, Path.Combine(to, Path.GetFileName(inner)));
    }
}
