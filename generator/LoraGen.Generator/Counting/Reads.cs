using System.Globalization;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Values of symbols as code.</summary>
internal static class Reads
{
    /// <summary>A constant as it stands anywhere; null for a type that has no literal.</summary>
    public static string? Literal(object? value, ITypeSymbol type)
    {
        if (value is null)
            return "default";
        if (type.TypeKind == TypeKind.Enum)
            return null;
        return value switch
        {
            bool flag => flag ? "true" : "false",
            string text => SymbolDisplay.FormatLiteral(text, quote: true),
            char character => SymbolDisplay.FormatLiteral(character, quote: true),
            int number => Signed(number < 0, number.ToString(CultureInfo.InvariantCulture)),
            long number => Signed(number < 0, number.ToString(CultureInfo.InvariantCulture) + "L"),
            double number when !double.IsNaN(number) && !double.IsInfinity(number) =>
                Signed(number < 0, number.ToString("R", CultureInfo.InvariantCulture) + "d"),
            float number when !float.IsNaN(number) && !float.IsInfinity(number) =>
                Signed(number < 0, number.ToString("R", CultureInfo.InvariantCulture) + "f"),
            _ => null,
        };
    }

    /// <summary>The default of an optional parameter, as code.</summary>
    public static string Default(IParameterSymbol parameter)
    {
        return parameter.ExplicitDefaultValue switch
        {
            null => "default",
            { } value when Underlying(parameter.Type) is { TypeKind: TypeKind.Enum } type =>
                $"({TypeNames.FullName(type)})({Convert.ToString(value, CultureInfo.InvariantCulture)})",
            { } value => Literal(value, Underlying(parameter.Type)) ?? throw new UnknownShapeException($"the default of {parameter.Name} has no literal"),
        };
    }

    /// <summary>A constant, or a static member that generated code can name.</summary>
    public static (ShapeCode Code, ITypeSymbol? Type)? Static(ISymbol member, IAssemblySymbol from)
    {
        if (member is IFieldSymbol { HasConstantValue: true } constant && Literal(constant.ConstantValue, constant.Type) is { } literal)
            return (literal, constant.Type);
        if (!member.IsStatic || member.ContainingType is not { } owner || owner.ContainingAssembly.Name.StartsWith("TorchSharp", StringComparison.Ordinal))
            return null;
        if (!Reach.CanName(owner, from) || !Reach.CanUse(member is IPropertySymbol { GetMethod: { } getter } ? getter : member, from))
            return null;

        if (member is IFieldSymbol { HasConstantValue: true, Type.TypeKind: TypeKind.Enum } named)
        {
            ShapeCode[] parts = [TypeNames.FullName(named.Type), Convert.ToString(named.ConstantValue, CultureInfo.InvariantCulture)];
            var code = new ShapeCode(ShapeCodeKind.EnumMember, $"{TypeNames.FullName(owner)}.{Identifier(member.Name)}", parts.ToEquatableArray());
            return (code, named.Type);
        }

        // One that changes may have another value when the model is made.
        var isFixed = member is IFieldSymbol { IsReadOnly: true } or IFieldSymbol { IsConst: true }
            || (member is IPropertySymbol { SetMethod: null, Parameters.IsEmpty: true } && !IsOfRuntime(owner));
        return isFixed ? ($"{TypeNames.FullName(owner)}.{Identifier(member.Name)}", TypeOf(member)) : null;
    }

    /// <summary>A field or property of a value, by its name; null where generated code can't read it.</summary>
    public static ISymbol? Member(ITypeSymbol type, string name, IAssemblySymbol from)
    {
        return Find(type, name) is { } found && CanRead(found, from) ? found : null;
    }

    /// <summary>A field or property of a value, by its name.</summary>
    public static ISymbol? Find(ITypeSymbol type, string name)
    {
        if (type is IArrayTypeSymbol)
            type = type.BaseType!;
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).FirstOrDefault(member => member is IFieldSymbol or IPropertySymbol { Parameters.IsEmpty: true }) is { } found)
                return found;
        }

        return type.AllInterfaces.SelectMany(contract => contract.GetMembers(name)).FirstOrDefault(member => member is IPropertySymbol);
    }

    /// <summary>Whether it is its field and nothing more: an accessor with a body may do what it wants with it.</summary>
    public static bool IsPlain(IPropertySymbol property)
    {
        return property.DeclaringSyntaxReferences.All(reference => reference.GetSyntax() switch
        {
            PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } accessors } =>
                accessors.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null }),
            ParameterSyntax => true,
            _ => false,
        });
    }

    public static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    public static string Identifier(string name) => Emitting.Code.Identifier(name);

    // DateTime.Now, Environment.TickCount.
    private static bool IsOfRuntime(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space?.Name is "System" or "Microsoft";
    }

    private static string Signed(bool isNegative, string number) => isNegative ? $"({number})" : number;

    private static bool CanRead(ISymbol member, IAssemblySymbol from)
    {
        return Reach.CanName(member.ContainingType, from) && Reach.CanUse(member is IPropertySymbol { GetMethod: { } getter } ? getter : member, from);
    }

    private static ITypeSymbol Underlying(ITypeSymbol type)
    {
        return type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
    }
}
