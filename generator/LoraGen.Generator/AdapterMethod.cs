namespace LoraGen.Generator;

/// <summary>The adapter methods that have an attribute. A method is added here, by its attribute and by its class in the runtime, and nowhere else.</summary>
public sealed record AdapterMethod(string Label, string Attribute, string MethodType, string LinearSite)
{
    public static readonly AdapterMethod Lora = new("LoRA", "LoraGen.LoraAttribute", "global::LoraGen.LoraMethod", "global::LoraGen.LoraLinear");

    public static IReadOnlyList<AdapterMethod> All { get; } = [Lora];

    /// <summary>The method's name within generated names: the attribute's without its ending.</summary>
    public string Name => Attribute.Substring("LoraGen.".Length).Replace("Attribute", string.Empty);

    public static AdapterMethod Named(string name) => All.Single(method => method.Name == name);
}
