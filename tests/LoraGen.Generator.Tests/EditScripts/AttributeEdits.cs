namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>Attributes come, go, move and say something else.</summary>
internal static class AttributeEdits
{
    private const string Attribute = @"\[(?:assembly: )?Lora\w*(?:\((?:[^()\n]|\([^()\n]*\))*\))?\]";

    private static readonly string[] Arguments =
    [
        "Rank = 5", "Alpha = 0.5", "Dropout = 0.25", "RankStabilized = true", "Name = \"more\"", "Targets = [\"fc1\", \"*.mlp.*\"]",
        "Targets = new[] { \"o_proj\" }", "Exclude = [\"gate*\"]", "Rank = Acme.Models.Sizes.Heads", "Rank = -1", "Targets = null",
    ];

    private static readonly string[] Models =
        ["Acme.Models.Decoder", "Acme.Models.Block", "Acme.Layers.Attention", "Acme.Models.Tree", "Acme.Outer.Inner", "string", "Acme.Models.Missing"];

    public static readonly EditKind Remove = TextEdits.One(Attribute, string.Empty);

    public static readonly EditKind Repeat = TextEdits.One(Attribute, (match, _) => match.Value + match.Value);

    public static readonly EditKind OnClass = TextEdits.One(
        @"(?<=\n)(?=\s*(?:public |internal |private |protected |sealed |abstract |partial )+class )",
        (_, random) => $"[Lora(Name = \"n{random.Below(20)}\", {random.Pick(Arguments)})]\n");

    public static readonly EditKind OnField = TextEdits.One(
        @"(?<=\n\s+)(?=(?:private|protected|public) [^()\n]*[;=])",
        (_, random) => random.Below(3) == 0 ? "[LoraIgnore] " : $"[Lora({random.Pick(Arguments)})] ");

    public static readonly EditKind OnAssembly = TextEdits.One(
        @"(?=\[assembly: Lora)", (_, random) => $"[assembly: Lora(typeof({random.Pick(Models)}), Name = \"m{random.Below(20)}\", {random.Pick(Arguments)})]\n");

    public static readonly EditKind Argument = TextEdits.One(
        @"(?<=\[(?:assembly: )?Lora\([^\n]*)\)(?=\])", (_, random) => $", {random.Pick(Arguments)})");

    public static readonly EditKind Model = TextEdits.One(@"(?<=typeof\()[\w.]+(?=\))", Models);

    public static readonly EditKind Kind = TextEdits.One(
        @"(?<=\[)Lora(?:Ignore)?(?=[\](])",
        "Lora", "LoraIgnore", "LoraAttribute", "LoraGen.Lora", "Obsolete", "Missing");
}
