using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;

namespace LoraGen.Generator;

/// <summary>The adapter methods that have an attribute. A method is added here, by its attribute and by its class in the runtime, and nowhere else.</summary>
/// <param name="Label">As the field writes it.</param>
/// <param name="AnySite">The type of its sites, whatever the layer.</param>
/// <param name="Sites">The site types by the kind of the layer. A kind that is missing can't be adapted by it.</param>
/// <param name="DescribeOptions">The options in words.</param>
/// <param name="DescribeShapes">What trains at a layer whose creation is known as text; null where the text does not tell.</param>
public sealed record MethodEntry(
    string Label,
    string Attribute,
    string MethodType,
    string AnySite,
    IReadOnlyDictionary<LayerKind, string> Sites,
    Func<IReadOnlyList<Option>, string> DescribeOptions,
    Func<IReadOnlyList<Option>, LayerText, string?> DescribeShapes)
{
    public static readonly MethodEntry Lora = new(
        "LoRA",
        "LoraGen.LoraAttribute",
        "global::LoraGen.LoraMethod",
        "global::LoraGen.LoraSite",
        new Dictionary<LayerKind, string>
        {
            [LayerKind.Linear] = "global::LoraGen.LoraLinear",
            [LayerKind.Embedding] = "global::LoraGen.LoraEmbedding",
            [LayerKind.Convolution] = "global::LoraGen.LoraConvolution",
        },
        LoraDocumentation.Options,
        LoraDocumentation.Shapes);

    public static IReadOnlyList<MethodEntry> All { get; } = [Lora];

    /// <summary>The method's name within generated names: the attribute's without its ending.</summary>
    public string Name => Attribute.Substring("LoraGen.".Length).Replace("Attribute", string.Empty);

    /// <summary>The type of the sites that it makes of layers of the kind.</summary>
    public string SiteOf(LayerKind kind) => Sites.TryGetValue(kind, out var site) ? site : AnySite;

    public static MethodEntry Named(string name) => All.Single(method => method.Name == name);
}
