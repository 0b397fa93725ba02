using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace LoraGen.Testing;

/// <summary>
/// Generated text kept in files, <c>Snapshots/Test/Hint.g.verified.cs</c>, beside the input it came from. Names and flow are those of the Verify library.
/// With LORAGEN_ACCEPT=1 in the environment differences are written instead of reported.
/// </summary>
public sealed partial class SnapshotStore(string folder, bool accept)
{
    private const string Verified = ".verified.cs";
    private const string Received = ".received.cs";
    private const string Input = "input";

    private readonly ConcurrentDictionary<string, string> owners = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The store of a test project, whose project file says where: <c>AssemblyMetadata Include="SnapshotFolder"</c>.</summary>
    public static SnapshotStore Of(Assembly tests) => new(
        tests.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(metadata => metadata.Key == "SnapshotFolder")?.Value
            ?? throw new HarnessException($"{tests.GetName().Name} has no assembly metadata 'SnapshotFolder'. "
                + "Add it to the project file, with the Snapshots folder's path."),
        Environment.GetEnvironmentVariable("LORAGEN_ACCEPT") == "1");

    /// <summary>The names of the stored tests.</summary>
    public ImmutableSortedSet<string> Tests =>
        Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!)] : [];

    /// <summary>Compares an outcome with the files of the calling test.</summary>
    public void Verify(GeneratorOutcome outcome, [CallerMemberName] string test = "", [CallerFilePath] string file = "")
    {
        if (owners.GetOrAdd(test, file) is var owner && owner != file)
            throw new HarnessException($"Two tests keep snapshots as '{test}': one in {owner}, one in {file}. Rename one of them.");
        var expected = outcome.Sources.ToImmutableSortedDictionary(source => FileName(source.Key), source => Scrub(source.Value), StringComparer.Ordinal)
            .Add(Input + Verified, SourceFiles.Join(outcome.Run.Sources));
        var home = Path.Combine(folder, test);
        Directory.CreateDirectory(home);
        var problems = expected.Select(pair => Compare(home, pair.Key, pair.Value)).OfType<string>().Concat(Orphans(home, expected)).ToList();
        if (problems.Count > 0)
            throw new HarnessException($"The snapshots of '{test}' do not match. Accept what is right with LORAGEN_ACCEPT=1.\n"
                + string.Join('\n', problems));
    }

    /// <summary>The generated files of a test as they are stored, by hint name.</summary>
    public IReadOnlyList<(string Name, string Text)> Files(string test)
    {
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(folder, test), "*" + Verified)
                .Where(path => Path.GetFileName(path) != Input + Verified)
                .Select(path => (Path.GetFileName(path).Replace(Verified, ".cs", StringComparison.Ordinal), File.ReadAllText(path))),
        ];
    }

    /// <summary>Fails on folders that belong to no method of the test assembly, and on files that a failed run left behind.</summary>
    public void AssertNoOrphans(Assembly tests)
    {
        var methods = tests.GetTypes().SelectMany(type => type.GetMethods()).Select(method => method.Name).ToHashSet(StringComparer.Ordinal);
        var orphans = Tests.Where(test => !methods.Contains(test.Split('.')[0])).Select(test => $"{test}/: no test is called so")
            .Concat(ReceivedFiles().Select(path => $"{Path.GetRelativePath(folder, path)}: left by a failed run"))
            .ToList();
        if (orphans.Count > 0)
            throw new HarnessException($"Files in {folder} that nothing keeps:\n{string.Join('\n', orphans)}\n"
                + "Delete them, or rename the folder after its test.");
    }

    private IEnumerable<string> ReceivedFiles() =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + Received, SearchOption.AllDirectories) : [];

    private string? Compare(string home, string name, string text)
    {
        var path = Path.Combine(home, name);
        var received = path.Replace(Verified, Received, StringComparison.Ordinal);
        var stored = File.Exists(path) ? File.ReadAllText(path) : null;
        if (stored == text || accept)
        {
            File.Delete(received);
            if (stored != text) File.WriteAllText(path, text);
            return null;
        }

        File.WriteAllText(received, text);
        return stored is null ? $"{name} is not stored yet:\n{text}" : $"{name} differs (- stored, + generated):\n{UnifiedDiff.Of(stored, text)}";
    }

    private IEnumerable<string> Orphans(string home, ImmutableSortedDictionary<string, string> expected)
    {
        foreach (var path in Directory.GetFiles(home, "*" + Verified).Where(path => !expected.ContainsKey(Path.GetFileName(path))))
        {
            if (accept) File.Delete(path);
            else yield return $"{Path.GetFileName(path)} is stored, but no longer generated.";
        }
    }

    private static string FileName(string hint) => (hint.EndsWith(".cs", StringComparison.Ordinal) ? hint[..^3] : hint) + Verified;

    // Each file contains the generator's version, so each release would change all of them.
    private static string Scrub(string text) => VersionToken().Replace(text, "$1{version}$2");

    [GeneratedRegex("""(GeneratedCode(?:Attribute)?\("[^"]*", ")[^"]*("\))""")]
    private static partial Regex VersionToken();
}
