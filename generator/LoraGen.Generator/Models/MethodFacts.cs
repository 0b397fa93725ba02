namespace LoraGen.Generator.Models;

/// <summary>An adapter method, as generated code names it: one of the list that the runtime's sources hold, or one of the user's own.</summary>
/// <param name="Name">The method's name within generated names: <c>Lora</c>.</param>
/// <param name="Label">As the field writes it.</param>
/// <param name="Attribute">The attribute that asks for it, with namespace and type arguments.</param>
/// <param name="AttributeLabel">The attribute as a reader would write it: <c>Lora</c>, <c>Adapter&lt;ScaleMethod&gt;</c>.</param>
/// <param name="MethodType">The class with its options, fully qualified.</param>
/// <param name="SiteType">The type of its sites, fully qualified.</param>
/// <param name="IsMergeable">Whether a weight can hold what its adapters do.</param>
/// <param name="IsOwn">Whether it is the user's own: its options are given at attach.</param>
/// <param name="IsPublic">Whether everyone can name its class.</param>
public sealed record MethodFacts(
    string Name,
    string Label,
    string Attribute,
    string AttributeLabel,
    string MethodType,
    string SiteType,
    bool IsMergeable,
    bool IsOwn = false,
    bool IsPublic = true)
{
    /// <summary>Those that have an attribute of their own.</summary>
    public static IReadOnlyList<MethodFacts> All { get; } = [.. AdapterMethods.All.Select(Of)];

    /// <summary>The method itself, with the options at their defaults; null for one of the user's own.</summary>
    internal AdapterMethod? Defaults => AdapterMethods.All.FirstOrDefault(method => !IsOwn && method.Name == Name);

    private static MethodFacts Of(AdapterMethod method)
    {
        return new MethodFacts(
            method.Name,
            method.Label,
            $"LoraGen.{method.Name}Attribute",
            method.Name,
            $"global::LoraGen.{method.Name}Method",
            $"global::LoraGen.{method.Name}Site",
            method is MergeableMethod);
    }
}
