namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>Usings, aliases, namespaces, modifiers: what gives the same words another meaning.</summary>
internal static class ScopeEdits
{
    public static readonly EditKind Namespace = TextEdits.One(
        @"(?<=\bnamespace )[\w.]+", "Acme.Models", "Acme.Layers", "Acme", "Acme.Vision", "Elsewhere", "Acme.TorchSharp", "Acme.LoraGen.System");

    public static readonly EditKind Alias = TextEdits.One(
        @"(?<=\busing \w+ = )[^;\n]+", "TorchSharp.Modules.Linear", "TorchSharp.Modules.Embedding", "Acme.Models.Block", "Missing", "(int, int)");

    public static readonly EditKind NewUsing = TextEdits.One(
        @"\A", "using Linear = TorchSharp.Modules.Embedding;\n", "using Tensor = System.Int32;\n", "using Acme.Vision;\n", "using static System.Math;\n",
        "using Lora = System.ObsoleteAttribute;\n", "extern alias nowhere;\n", "using System;\n");

    public static readonly EditKind NoUsing = TextEdits.One(@"(?<=\A|\n)(?:global )?using [^\n]*;\n", string.Empty);

    public static readonly EditKind Directive = TextEdits.One(
        @"(?<=\n)(?=\s*(?:public|private|protected|namespace) )", "#nullable disable\n", "#nullable restore\n", "#pragma warning disable\n",
        "#if NEVER\n", "#endif\n",
        "#line 7 \"Other.cs\"\n", "#region here\n");

    public static readonly EditKind Accessibility = TextEdits.One(
        @"\b(?:private|public|internal|protected)(?= (?!override))",
        "private", "public", "internal", "protected", "protected internal", "private protected", "file");

    public static readonly EditKind Readonly = TextEdits.One(
        @"\b(?:readonly )?(?=(?:Linear|Dense|Block|Sequential|Attention)\b)", "readonly ", "", "required ", "static ");

    public static readonly EditKind ClassModifier = TextEdits.One(
        @"(?:sealed |abstract |partial |static )?(?=class \w)", "", "sealed ", "abstract ", "partial ", "static ");

    public static readonly EditKind Nullable = TextEdits.One(
        @"(?<=\b(?:Linear|Dense|Block|Sequential|Tree|>))\??(?= @?\w+[;, ])", (match, _) => match.Length == 0 ? "?" : string.Empty);
}
