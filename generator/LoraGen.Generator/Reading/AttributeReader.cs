using System.Globalization;
using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Reading;

/// <summary>Reads an adapter attribute. Options go over by name, so that an attribute's property and its method's are all that an option takes.</summary>
internal static class AttributeReader
{
    public static AttributeFacts Read(AttributeData attribute)
    {
        var options = new List<Option>();
        string? name = null;
        var allowUnreached = false;
        var maxTrainable = 0L;
        string? layers = null;
        IEnumerable<string> targets = [];
        IEnumerable<string> exclude = [];
        foreach (var (key, value) in attribute.NamedArguments.Select(argument => (argument.Key, argument.Value)))
        {
            switch (key)
            {
                case "Name":
                    name = value.Value as string;
                    break;
                case "AllowUnreached":
                    allowUnreached = value.Value is true;
                    break;
                case "MaxTrainableParameters":
                    maxTrainable = value.Value as long? ?? 0;
                    break;
                case "Layers":
                    layers = value.Value as string;
                    break;
                case "Targets":
                    targets = Strings(value);
                    break;
                case "Exclude":
                    exclude = Strings(value);
                    break;
                default:
                    if (Literal(value) is { } literal)
                        options.Add(new Option(key, literal));
                    break;
            }
        }

        return new AttributeFacts(
            name, options.ToEquatableArray(), allowUnreached, targets.ToEquatableArray(), exclude.ToEquatableArray(), maxTrainable, layers);
    }

    private static IEnumerable<string> Strings(TypedConstant value)
    {
        return value.Kind == TypedConstantKind.Array && !value.IsNull ? value.Values.Select(item => item.Value).OfType<string>() : [];
    }

    private static string? Literal(TypedConstant value)
    {
        return value switch
        {
            { Kind: TypedConstantKind.Enum, Type: { } type } => Enum(type, value.Value),
            { Value: double number } => Double(number),
            { Value: bool flag } => flag ? "true" : "false",
            { Value: string text } => SymbolDisplay.FormatLiteral(text, quote: true),
            { Kind: TypedConstantKind.Primitive, Value: { } primitive } => Convert.ToString(primitive, CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    private static string Enum(ITypeSymbol type, object? value)
    {
        var member = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value));
        var name = TypeNames.FullName(type);
        return member is null ? $"({name}){Convert.ToString(value, CultureInfo.InvariantCulture)}" : $"{name}.{member.Name}";
    }

    private static string Double(double number)
    {
        if (double.IsNaN(number))
            return "double.NaN";
        if (double.IsInfinity(number))
            return number > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        return number.ToString("R", CultureInfo.InvariantCulture);
    }
}
