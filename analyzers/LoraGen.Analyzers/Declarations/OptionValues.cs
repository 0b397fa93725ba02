using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>What an adapter attribute sets; where it stands on a member, what the attribute of its class sets counts as well.</summary>
internal sealed class OptionValues(MethodFacts method, AttributeData attribute, AttributeData? outer, bool isWhole)
{
    private readonly Lazy<AdapterMethod?> _method = new(() => method.Defaults is { } defaults ? MethodOptions.Read(defaults, Options(outer, attribute)) : null);

    /// <summary>The method with the options in force; null for a method of the user's own, whose options are given at attach.</summary>
    public AdapterMethod? Method => _method.Value;

    /// <summary>What the method says is wrong with them.</summary>
    public IEnumerable<OptionFault> Faults => Method?.Faults() ?? [];

    /// <summary>Whether what is in force of these is known: a member may get what it doesn't set from a class that can't be told.</summary>
    public bool Know(params string[] options) => isWhole || options.All(Sets);

    /// <summary>Whether the attribute itself sets it.</summary>
    public bool Sets(string option) => Own(attribute, option) is not null;

    /// <summary>Its value; <paramref name="otherwise"/> where neither sets it.</summary>
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
