namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>Base classes and declared types.</summary>
internal static class TypeEdits
{
    private const string FieldType = @"(?<=(?:readonly|private|public) )(?:[\w.]+|ModuleList<\w+>)\??(?= @?\w+ ?[;=,{])";

    public static readonly EditKind Base = TextEdits.One(
        @"(?<=\bclass \w+ : )[^\n{]+(?=\n)",
        "Module<Tensor, Tensor>", "Module<Tensor, Tensor, Tensor>", "Module", "Backbone", "Block", "Tree", "Acme.Layers.Attention", "object", "Missing",
        "Module<Tensor, Missing>", "HookableModule<object, object>", "Module<Tensor, Tensor>, IDisposable", "Acme.Outer.Inner");

    public static readonly EditKind NoBase = TextEdits.One(@"(?<=\bclass \w+) : [^\n{]+(?=\n)", string.Empty);

    public static readonly EditKind Field = TextEdits.One(
        FieldType,
        "Linear", "Linear?", "ModuleList<Linear>", "ModuleList<Block>", "Module<Tensor, Tensor>", "IModule<Tensor, Tensor>", "Module", "Sequential",
        "Tree", "Tree?", "Acme.Layers.FeedForward", "List<Linear>", "Linear[]", "Dictionary<string, Block>", "Missing", "ModuleList<Missing>",
        "ModuleList<ModuleList<Linear>>", "ModuleDict<Block>", "Outer.Inner", "int", "dynamic", "(Linear, Linear)", "Acme.Models.Decoder");

    public static readonly EditKind Generic = TextEdits.One(@"(?<=\bclass \w+)(?= )", "<T>", "<T> where T : Module", "<>", "(int width)");

    public static readonly EditKind NewField = TextEdits.One(
        @"(?<=\n    (?:    )?)(?=private|protected|public)",
        "private readonly Linear extra = Linear(2, 3);\n    ", "public Linear Extra { get; set; } = Linear(2, 3);\n    ",
        "internal Acme.Models.Block more;\n    ",
        "protected Linear a = Linear(1, 2), b = nn.Linear(2, 1);\n    ", "public static Linear shared = Linear(1, 1);\n    ",
        "[TorchSharp.Utils.ComponentName(Name = \"renamed\")] private Linear component = torch.nn.Linear(1, 2);\n    ");
}
