using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;

namespace LoraGen.Generator;

/// <summary>The adapter methods that have an attribute. A method is added here, by its attribute and by its class in the runtime, and nowhere else.</summary>
/// <param name="Label">As the field writes it.</param>
/// <param name="LinearSite">The site type that it makes of a Linear.</param>
/// <param name="DescribeOptions">The options in words.</param>
/// <param name="DescribeShapes">What trains at a layer whose creation is known as text.</param>
public sealed record AdapterMethod(
    string Label,
    string Attribute,
    string MethodType,
    string LinearSite,
    Func<IReadOnlyList<Option>, string> DescribeOptions,
    Func<IReadOnlyList<Option>, LayerText, string> DescribeShapes)
{
    public static readonly AdapterMethod Lora = new(
        "LoRA",
        "LoraGen.LoraAttribute",
        "global::LoraGen.LoraMethod",
        "global::LoraGen.LoraLinear",
        LoraDocumentation.Options,
        LoraDocumentation.Shapes);

    public static IReadOnlyList<AdapterMethod> All { get; } = [Lora];

    /// <summary>The method's name within generated names: the attribute's without its ending.</summary>
    public string Name => Attribute.Substring("LoraGen.".Length).Replace("Attribute", string.Empty);

    public static AdapterMethod Named(string name) => All.Single(method => method.Name == name);
}
