using System.Globalization;
using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Reading;

/// <summary>Reads an adapter attribute. Options are passed by name, so a new option only needs a property on the attribute and one on its method.</summary>
internal static class AttributeReader
{
    /// <summary>The pattern of <c>AllowUnreached = true</c>.</summary>
    public const string AllLayers = "*";

    public static AttributeFacts Read(AttributeData attribute)
    {
        var options = new List<Option>();
        string? name = null;
        IEnumerable<string> mayBeUnreached = [];
        var maxTrainable = 0L;
        string? layers = null;
        IEnumerable<string> kinds = [];
        IEnumerable<string> targets = [];
        IEnumerable<string> exclude = [];
        IEnumerable<string> checkpoint = [];
        foreach (var (key, value) in attribute.NamedArguments.Select(argument => (argument.Key, argument.Value)))
        {
            switch (key)
            {
                case "Name":
                    name = value.Value as string;
                    break;
                case "AllowUnreached":
                    mayBeUnreached = Unreached(value);
                    break;
                case "MaxTrainableParameters":
                    maxTrainable = value.Value as long? ?? 0;
                    break;
                case "Layers":
                    layers = value.Value as string;
                    break;
                case "Kinds":
                    kinds = Kinds(value);
                    break;
                case "Targets" or "After":
                    targets = Strings(value);
                    break;
                case "Exclude":
                    exclude = Strings(value);
                    break;
                case "Checkpoint":
                    checkpoint = Strings(value);
                    break;
                default:
                    if (value.Kind != TypedConstantKind.Error)
                        options.Add(new Option(key, Literal(value), Constant(value)));
                    break;
            }
        }

        return new AttributeFacts(
            name,
            options.ToEquatableArray(),
            mayBeUnreached.ToEquatableArray(),
            targets.ToEquatableArray(),
            exclude.ToEquatableArray(),
            maxTrainable,
            layers,
            kinds.ToEquatableArray(),
            checkpoint.ToEquatableArray());
    }

    private static IEnumerable<string> Strings(TypedConstant value)
    {
        return value.Kind == TypedConstantKind.Array && !value.IsNull ? value.Values.Select(Text).OfType<string>() : [];
    }

    private static IEnumerable<string> Kinds(TypedConstant value)
    {
        IEnumerable<TypedConstant> items = value.Kind == TypedConstantKind.Array && !value.IsNull ? value.Values : [];
        return items
            .Select(item => item.Value)
            .OfType<int>()
            .Where(kind => System.Enum.IsDefined(typeof(LayerKind), kind))
            .Select(kind => ((LayerKind)kind).ToString());
    }

    // In an array of objects an item may be an array.
    private static string? Text(TypedConstant item) => item.Kind == TypedConstantKind.Array ? null : item.Value as string;

    private static IEnumerable<string> Unreached(TypedConstant value)
    {
        return value switch
        {
            { Kind: TypedConstantKind.Array } => Strings(value),
            { Value: string pattern } => [pattern],
            { Value: true } => [AllLayers],
            _ => [],
        };
    }

    private static object? Constant(TypedConstant value)
    {
        return value.Kind switch
        {
            TypedConstantKind.Primitive or TypedConstantKind.Enum => value.Value,
            TypedConstantKind.Array when value.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Int32 } && !value.IsNull =>
                value.Values.Select(item => item.Value).OfType<int>().ToEquatableArray(),
            TypedConstantKind.Array => Strings(value).ToEquatableArray(),
            _ => null,
        };
    }

    private static string Literal(TypedConstant value)
    {
        return value switch
        {
            { IsNull: true } => "null!",
            { Kind: TypedConstantKind.Array, Type: IArrayTypeSymbol array } =>
                $"new {TypeNames.FullName(array.ElementType)}[] {{ {string.Join(", ", value.Values.Select(Literal))} }}",
            { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } => $"typeof({TypeNames.FullName(type)})",
            { Kind: TypedConstantKind.Enum, Type: { } type } => Enum(type, value.Value),
            { Value: double number } => Double(number),
            { Value: float number } => $"(float){Double(number)}",
            { Value: char character } => SymbolDisplay.FormatLiteral(character, quote: true),
            { Value: bool flag } => flag ? "true" : "false",
            { Value: string text } => SymbolDisplay.FormatLiteral(text, quote: true),
            _ => Convert.ToString(value.Value, CultureInfo.InvariantCulture),
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
