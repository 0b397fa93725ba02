using LoraGen.Testing;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>Text that is half typed, or broken by a slip.</summary>
internal static class SyntaxEdits
{
    public static readonly EditKind Lose = TextEdits.One(@"[{}()\[\];,.<>""=:]", string.Empty);

    public static readonly EditKind Slip = TextEdits.One(
        @"(?<=\W)|(?=\W)", "{", "}", "(", ")", "[", "]", ";", "\"", "<", "class ", " = ", "/*", "$\"{", "@", "this.", "=> ", "[Lora", "\0", "\"\"\"", "#");

    public static readonly EditKind LoseLine = TextEdits.One(@"(?<=\n)[^\n]*\n", string.Empty);

    public static readonly EditKind RepeatLine = TextEdits.One(@"(?<=\n)[^\n]+\n", (match, _) => match.Value + match.Value);

    public static readonly EditKind SwapLines = TextEdits.One(@"(?<=\n)([^\n]+\n)([^\n]+\n)", (match, _) => match.Groups[2].Value + match.Groups[1].Value);

    /// <summary>A file ends in the middle, as it does while it is typed.</summary>
    public static Edit? Truncate(Prng random, CSharpCompilation project, CSharpCompilation earlier)
    {
        var tree = random.Pick(project.SyntaxTrees);
        var length = tree.GetText().Length;
        return length == 0 ? null : TextEdits.Change(tree, TextSpan.FromBounds(random.Below(length), length), string.Empty);
    }
}
