namespace QuickStart.Text;

/// <summary>Two kinds of text that need no download: this repository's documentation in English, and its C# sources.</summary>
internal sealed class Repository
{
    private const string Landmark = "LoraGen.sln";

    private readonly string _root;

    private Repository(string root) => _root = root;

    public static Repository Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Landmark)))
                return new Repository(folder.FullName);
        }

        throw new FileNotFoundException(
            $"No folder from {AppContext.BaseDirectory} up holds {Landmark}. This sample reads LoraGen's repository: run it from a build in there.");
    }

    public IReadOnlyList<string> Prose()
    {
        return [.. Read("*.md", SearchOption.TopDirectoryOnly, "."), .. Read("*.md", SearchOption.AllDirectories, "docs")];
    }

    public IReadOnlyList<string> Code() => [.. Read("*.cs", SearchOption.AllDirectories, "generator", "runtime/LoraGen.Runtime", "samples")];

    private IEnumerable<string> Read(string pattern, SearchOption depth, params string[] folders)
    {
        return folders
            .Select(folder => Path.Combine(_root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, depth))
            .Where(IsSource)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText);
    }

    private bool IsSource(string file)
    {
        return !Path.GetRelativePath(_root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");
    }
}
