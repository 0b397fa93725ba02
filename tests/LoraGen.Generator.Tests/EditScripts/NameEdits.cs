namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>Fields and classes under other names, with their uses or without.</summary>
internal static class NameEdits
{
    private const string Field = @"(?:readonly|public|private|protected) [\w.<>]+\?? (@?\w+)(?= ?(?:;|=[^>]|,|\{))";

    private static readonly string[] Names =
        ["fc", "Fc", "f_c", "q_proj", "QProj", "@class", "merge", "Sites", "path", "_0", "model", "é", "Block", "params_", "block_sites"];

    public static readonly EditKind FieldWithUses = TextEdits.Name(Field, (name, random) => $"{name}{random.Below(10)}");

    public static readonly EditKind FieldToOdd = TextEdits.Name(Field, (_, random) => random.Pick(Names));

    public static readonly EditKind FieldAlone = TextEdits.One(@"(?<=(?:readonly|public|private) [\w.<>]+\?? )@?\w+(?= ?(?:;|=[^>]|,|\{))", Names);

    public static readonly EditKind ClassWithUses = TextEdits.Name(@"\bclass (\w+)", (name, random) => $"{name}{random.Below(10)}");

    public static readonly EditKind ClassAlone = TextEdits.One(@"(?<=\bclass )\w+", "Block", "Decoder", "Attention", "Inner", "Renamed", "decoder");

    public static readonly EditKind Use = TextEdits.One(@"(?<= )\w+(?=\.forward\()", "missing", "base", "this", "mlp", "(Linear)null!");
}
