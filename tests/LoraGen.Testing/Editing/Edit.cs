using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LoraGen.Testing;

/// <summary>
/// A change of the user's project. <paramref name="Name"/> says in messages what it does; <paramref name="Apply"/> sees the project as earlier edits left it.
/// </summary>
public sealed record Edit(string Name, Func<CSharpCompilation, CSharpCompilation> Apply)
{
    /// <summary>Adds text at the end of a file.</summary>
    public static Edit Append(string path, string text) =>
        new($"append '{text.Trim()}' to {path}", project => Change(project, path, source => new TextChange(new TextSpan(source.Length, 0), text)));

    /// <summary>Replaces the first occurrence of a text in a file.</summary>
    public static Edit Replace(string path, string old, string replacement) =>
        new($"replace '{old}' by '{replacement}' in {path}", project => Change(project, path, source =>
        {
            var at = source.ToString().IndexOf(old, StringComparison.Ordinal);
            return at >= 0
                ? new TextChange(new TextSpan(at, old.Length), replacement)
                : throw new HarnessException($"An edit wants to replace '{old}' in {path}, which does not contain it:\n{source}");
        }));

    /// <summary>Adds a file behind the others.</summary>
    public static Edit Add(string path, string text) =>
        new($"add {path}", project => project.AddSyntaxTrees(Projects.Tree((CSharpParseOptions)Any(project).Options, new SourceFile(path, text))));

    /// <summary>Removes a file.</summary>
    public static Edit Remove(string path) =>
        new($"remove {path}", project => project.RemoveSyntaxTrees(Find(project, path)));

    private static CSharpCompilation Change(CSharpCompilation project, string path, Func<SourceText, TextChange> change)
    {
        var tree = Find(project, path);
        var text = tree.GetText();
        return project.ReplaceSyntaxTree(tree, tree.WithChangedText(text.WithChanges(change(text))));
    }

    private static SyntaxTree Find(CSharpCompilation project, string path) => project.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == path)
        ?? throw new HarnessException($"The project has no file '{path}', but {string.Join(", ", project.SyntaxTrees.Select(tree => tree.FilePath))}.");

    private static SyntaxTree Any(CSharpCompilation project) => project.SyntaxTrees.FirstOrDefault()
        ?? throw new HarnessException("The project has no file left from which a new one could take its parse options.");
}
