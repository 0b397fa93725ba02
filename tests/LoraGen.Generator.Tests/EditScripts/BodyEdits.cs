namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>What is typed all day: method bodies and comments.</summary>
internal static class BodyEdits
{
    public static readonly EditKind Call = TextEdits.One(@"\.(forward|call)\(", (match, _) => match.Value == ".forward(" ? ".call(" : ".forward(");

    public static readonly EditKind Statement = TextEdits.One(
        @"(?<=\n)(?=\s+(?:return|var|RegisterComponents|x =) ?)", (_, random) => $"            _ = {random.Below(100)};\n");

    public static readonly EditKind Comment = TextEdits.One(@"(?<=\n)", "// note\n", "/* a note\n   of two lines */\n", "\n");

    public static readonly EditKind Blank = TextEdits.One(@"(?<=[(,=]) |(?<=[(])", "  ", " /* here */ ", " // there\n");

    public static readonly EditKind Documentation = TextEdits.One(
        @"(?<=\n)(?=\s*(?:public|private|protected) )", "/// <summary>Says what it is.</summary>\n", "/// <summary>Left open.\n");
}
