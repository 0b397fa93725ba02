using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The options that an adapter attribute sets; for an attribute on a member, also those of its class's attribute.</summary>
internal sealed class OptionValues(MethodFacts method, AttributeData attribute, AttributeData? outer, bool isWhole)
{
    private readonly Lazy<AdapterMethod?> _method = new(() => method.Defaults is { } defaults ? MethodOptions.Read(defaults, Options(outer, attribute)) : null);

    /// <summary>The method with the effective options; null for a user-defined method, whose options are given when attaching.</summary>
    public AdapterMethod? Method => _method.Value;

    /// <summary>The faults that the method finds in the options, and those of the base.</summary>
    public IEnumerable<OptionFault> Faults => Method?.AllFaults() ?? [];

    /// <summary>
    /// Whether the effective values of these options are known: a member inherits what it doesn't set from a class's attribute, which may be unknown.
    /// </summary>
    public bool Know(params string[] options) => isWhole || options.All(Sets);

    /// <summary>Whether the attribute itself sets the option.</summary>
    public bool Sets(string option) => Own(attribute, option) is not null;

    /// <summary>Its value; <paramref name="otherwise"/> if neither attribute sets it.</summary>
    public T Get<T>(string option, T otherwise)
    {
        return (Own(attribute, option) ?? (outer is null ? null : Own(outer, option))) is { Value: T value } ? value : otherwise;
    }

    public string Name => Get("Name", "default");

    private static IEnumerable<Option> Options(params AttributeData?[] attributes)
    {
        return attributes.OfType<AttributeData>().SelectMany(each => AttributeReader.Read(each).Options);
    }

    private static TypedConstant? Own(AttributeData attribute, string option)
    {
        return attribute.NamedArguments
            .Where(argument => argument.Key == option && argument.Value.Kind != TypedConstantKind.Error)
            .Select(argument => (TypedConstant?)argument.Value)
            .LastOrDefault();
    }
}
