using System.Text.RegularExpressions;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>Edits of text, found by pattern: they work on whatever state earlier edits left.</summary>
internal static class TextEdits
{
    private const int Shown = 60;

    /// <summary>Replaces one match, at any position.</summary>
    public static EditKind One(string pattern, Func<Match, Prng, string> replacement)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant);
        return (random, project, _) =>
        {
            foreach (var tree in random.Around(project.SyntaxTrees))
            {
                var matches = regex.Matches(tree.ToString());
                if (matches.Count > 0)
                {
                    var match = random.Pick(matches);
                    var text = replacement(match, random);
                    return text == match.Value ? null : Change(tree, new TextSpan(match.Index, match.Length), text);
                }
            }

            return null;
        };
    }

    /// <summary>Replaces one match by one of the given texts.</summary>
    public static EditKind One(string pattern, params string[] replacements) => One(pattern, (_, random) => random.Pick(replacements));

    /// <summary>Takes a name that a pattern's first group finds, and gives it another one everywhere.</summary>
    public static EditKind Name(string pattern, Func<string, Prng, string> replacement)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant);
        return (random, project, _) =>
        {
            foreach (var tree in random.Around(project.SyntaxTrees))
            {
                var matches = regex.Matches(tree.ToString());
                if (matches.Count > 0)
                {
                    var name = random.Pick(matches).Groups[1].Value;
                    var other = replacement(name, random);
                    return other == name ? null : Everywhere(name, other);
                }
            }

            return null;
        };
    }

    public static Edit Change(SyntaxTree tree, TextSpan span, string replacement)
    {
        var line = tree.GetText().Lines.GetLinePosition(span.Start).Line + 1;
        var name = $"{tree.FilePath}, line {line}: {Quoted(tree.GetText().ToString(span))} becomes {Quoted(replacement)}";
        return new Edit(name, project => Replace(project, tree.FilePath, text => text.WithChanges(new TextChange(span, replacement))));
    }

    /// <summary>Gives a file another text, by the smallest change.</summary>
    public static Edit Rewrite(string name, SyntaxTree tree, string replacement)
    {
        var text = tree.ToString();
        var start = text.AsSpan().CommonPrefixLength(replacement);
        var end = 0;
        while (end < Math.Min(text.Length, replacement.Length) - start && text[^(end + 1)] == replacement[^(end + 1)])
            end++;
        var change = new TextChange(TextSpan.FromBounds(start, text.Length - end), replacement[start..^end]);
        return new Edit(name, project => Replace(project, tree.FilePath, source => source.WithChanges(change)));
    }

    private static Edit Everywhere(string name, string replacement)
    {
        var word = new Regex($@"(?<![\w@]){Regex.Escape(name)}(?!\w)", RegexOptions.CultureInvariant);
        return new Edit($"{name} is called {replacement} everywhere", project => project.SyntaxTrees.Aggregate(
            project,
            (changed, tree) => Replace(changed, tree.FilePath, text => text.WithChanges(
                word.Matches(text.ToString()).Select(match => new TextChange(new TextSpan(match.Index, match.Length), replacement))))));
    }

    private static CSharpCompilation Replace(CSharpCompilation project, string path, Func<SourceText, SourceText> change)
    {
        var tree = project.SyntaxTrees.First(tree => tree.FilePath == path);
        var text = tree.GetText();
        var changed = change(text);
        return changed == text ? project : project.ReplaceSyntaxTree(tree, tree.WithChangedText(changed));
    }

    private static string Quoted(string text) => $"'{(text.Length > Shown ? text[..Shown] + "…" : text).Replace("\n", "\\n")}'";
}
