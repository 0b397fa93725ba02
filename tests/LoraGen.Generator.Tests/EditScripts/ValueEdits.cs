namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>Constants, literals in constructors and in attributes.</summary>
internal static class ValueEdits
{
    public static readonly EditKind Number = TextEdits.One(@"(?<![\w.""])\d+(?![\w.])", (_, random) => $"{1 + random.Below(64)}");

    public static readonly EditKind Expression = TextEdits.One(@"(?<![\w.""])\d+(?![\w.])", (match, random) => $"{match.Value} + {random.Below(3)}");

    public static readonly EditKind Flag = TextEdits.One(@"\b(?:true|false)\b", (match, _) => match.Value == "true" ? "false" : "true");

    public static readonly EditKind Text = TextEdits.One(
        @"""[\w.* -]+""",
        "\"q_proj\"", "\"*_proj\"", "\"fc*\"", "\"layers.1.*\"", "\"*\"", "\"lm_head\"", "\"a-b\"", "\"a b\"", "\"style\"", "\"default\"",
        "\"no such\"", "\"\"");

    public static readonly EditKind Null = TextEdits.One(@"(?<= = )[\w.]+\([^()\n]*\)(?=;)", "null", "default", "null!", "Make()", "new(4, 4)");
}
