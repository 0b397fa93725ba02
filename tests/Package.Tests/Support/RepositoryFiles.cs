namespace Package.Tests.Support;

/// <summary>Files of the repository that a test takes into its own folder.</summary>
internal static class RepositoryFiles
{
    /// <summary>Copies the files of a folder in the repository that match the patterns, except what was built there.</summary>
    public static void CopyFromRepository(this TemporaryFolder target, string folder, SearchOption depth, params string[] patterns)
    {
        var source = Path.Combine(BuiltWith.RepositoryRoot, folder);
        foreach (var file in patterns.SelectMany(pattern => Directory.EnumerateFiles(source, pattern, depth)))
        {
            var relative = Path.GetRelativePath(BuiltWith.RepositoryRoot, file);
            if (!relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
                target.Write(relative, File.ReadAllText(file));
        }
    }
}
