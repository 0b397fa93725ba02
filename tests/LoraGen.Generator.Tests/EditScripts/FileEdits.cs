using System.Text.RegularExpressions;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>Files come, go, change places, and are repaired.</summary>
internal static class FileEdits
{
    /// <summary>The last file stays: nothing could be told about a project without any.</summary>
    public static Edit? Delete(Prng random, CSharpCompilation project, CSharpCompilation earlier)
    {
        return project.SyntaxTrees.Length > 1 ? Edit.Remove(random.Pick(project.SyntaxTrees).FilePath) : null;
    }

    public static Edit? Duplicate(Prng random, CSharpCompilation project, CSharpCompilation earlier)
    {
        return Copy(random, project, text => text);
    }

    /// <summary>A copy whose types have names of their own.</summary>
    public static Edit? Derive(Prng random, CSharpCompilation project, CSharpCompilation earlier)
    {
        return Copy(random, project, text => Regex
            .Matches(text, @"\b(?:class|record) (\w+)", RegexOptions.CultureInvariant)
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Aggregate(text, (changed, name) => Regex.Replace(changed, $@"\b{name}\b", name + "Copy", RegexOptions.CultureInvariant)));
    }

    /// <summary>The order of files decides which of two colliding adapters comes first.</summary>
    public static Edit? ToTheEnd(Prng random, CSharpCompilation project, CSharpCompilation earlier)
    {
        var tree = random.Pick(project.SyntaxTrees);
        return new Edit($"{tree.FilePath} moves behind the others", state => state.RemoveSyntaxTrees(Find(state, tree)!).AddSyntaxTrees(Find(state, tree)!));
    }

    public static Edit? Rename(Prng random, CSharpCompilation project, CSharpCompilation earlier)
    {
        var tree = random.Pick(project.SyntaxTrees);
        var path = $"Renamed{Number(project)}.cs";
        return new Edit($"{tree.FilePath} is called {path}", state => state.ReplaceSyntaxTree(Find(state, tree)!, tree.WithFilePath(path)));
    }

    /// <summary>A file is again what it was some edits ago.</summary>
    public static Edit? TakeBack(Prng random, CSharpCompilation project, CSharpCompilation earlier)
    {
        foreach (var before in random.Around(earlier.SyntaxTrees))
        {
            if (Find(project, before) is not { } now)
                return Edit.Add(before.FilePath, before.ToString());
            if (now.ToString() != before.ToString())
                return TextEdits.Rewrite($"{now.FilePath} is taken back to what it was", now, before.ToString());
        }

        return null;
    }

    /// <summary>A file is again what it was in the beginning, and copies go.</summary>
    public static Edit? Repair(Prng random, CSharpCompilation project, CSharpCompilation earlier)
    {
        foreach (var file in random.Around(Corpus.Files))
        {
            if (project.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == file.Path) is not { } now)
                return Edit.Add(file.Path, file.Text);
            if (now.ToString() != file.Text)
                return TextEdits.Rewrite($"{file.Path} is repaired", now, file.Text);
        }

        var extra = project.SyntaxTrees.FirstOrDefault(tree => Corpus.Files.All(file => file.Path != tree.FilePath));
        return extra is null ? null : Edit.Remove(extra.FilePath);
    }

    private static Edit? Copy(Prng random, CSharpCompilation project, Func<string, string> change)
    {
        var tree = random.Pick(project.SyntaxTrees);
        var path = $"Copy{Number(project)}.cs";
        return Edit.Add(path, change(tree.ToString())) with { Name = $"{path} is made of {tree.FilePath}" };
    }

    private static int Number(CSharpCompilation project)
    {
        return Enumerable
            .Range(1, int.MaxValue)
            .First(number => !project.SyntaxTrees.Any(tree => tree.FilePath.EndsWith($"{number}.cs", StringComparison.Ordinal)));
    }

    private static SyntaxTree? Find(CSharpCompilation project, SyntaxTree like) => project.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == like.FilePath);
}
