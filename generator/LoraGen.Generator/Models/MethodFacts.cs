namespace LoraGen.Generator.Models;

/// <summary>An adapter method as generated code refers to it: one of those in the runtime's sources, or a user-defined one.</summary>
/// <param name="Name">The method's name within generated names: <c>Lora</c>.</param>
/// <param name="Label">The name that the literature uses.</param>
/// <param name="Attribute">The attribute for it, with namespace and type arguments.</param>
/// <param name="AttributeLabel">The attribute as it is written in code: <c>Lora</c>, <c>Adapter&lt;ScaleMethod&gt;</c>.</param>
/// <param name="MethodType">The class with its options, fully qualified.</param>
/// <param name="SiteType">The type of its sites, fully qualified.</param>
/// <param name="IsMergeable">Whether its adapters can be merged into a weight.</param>
/// <param name="HasSites">Whether its adapters adapt layers.</param>
/// <param name="AdapterClass">The class from which its adapters derive, if they have members of their own; otherwise null.</param>
/// <param name="AdaptsModules">Whether its adapters act on any module with one input and one output.</param>
/// <param name="IsOwn">Whether it is user-defined: its options are given when attaching.</param>
/// <param name="IsPublic">Whether its class is public.</param>
/// <param name="ActsOnSteps">Whether it acts before or after an optimizer's step, so that its adapters create the optimizer.</param>
/// <param name="HasRates">Whether its factors may have different learning rates, as in LoRA+.</param>
public sealed record MethodFacts(
    string Name,
    string Label,
    string Attribute,
    string AttributeLabel,
    string MethodType,
    string SiteType,
    bool IsMergeable,
    bool HasSites = true,
    string? AdapterClass = null,
    bool AdaptsModules = false,
    bool IsOwn = false,
    bool IsPublic = true,
    bool ActsOnSteps = false,
    bool HasRates = false)
{
    /// <summary>The methods that have their own attribute.</summary>
    public static IReadOnlyList<MethodFacts> All { get; } = [.. AdapterMethods.All.Select(Of)];

    /// <summary>The method with the options at their defaults; null for a user-defined one.</summary>
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
            method is MergeableMethod,
            method.HasSites,
            method.AdapterClass,
            method.AdaptsModules,
            ActsOnSteps: method.ActsOnSteps,
            HasRates: method is LowRankMethod && !method.ActsOnSteps);
    }
}
