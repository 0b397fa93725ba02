namespace Package.Tests.Support;

/// <summary>A folder outside the repository that is gone when the test has ended.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("loragen-package-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public void Write(string relative, string text)
    {
        var file = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Copies the files of a folder in the repository that match the patterns, without what was built there.</summary>
    public void CopyFromRepository(string folder, SearchOption depth, params string[] patterns)
    {
        var source = System.IO.Path.Combine(BuiltWith.RepositoryRoot, folder);
        foreach (var file in patterns.SelectMany(pattern => Directory.EnumerateFiles(source, pattern, depth)))
        {
            var relative = System.IO.Path.GetRelativePath(BuiltWith.RepositoryRoot, file);
            if (!relative.Split(System.IO.Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
                Write(relative, File.ReadAllText(file));
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
