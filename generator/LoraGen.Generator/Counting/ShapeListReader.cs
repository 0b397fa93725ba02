using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats lists and arrays of modules, which are no modules themselves: what a container is then made of.</summary>
internal sealed class ShapeListReader(BodyReader body)
{
    private const string New = "new global::LoraGen.ShapeList(";

    /// <summary>Whether it is a collection of modules, or of modules with their names.</summary>
    public static bool IsList(ITypeSymbol type)
    {
        var element = type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
            INamedTypeSymbol { Arity: 1 } named when MemberHold.IsCollection(named) => named.TypeArguments[0],
            _ => null,
        };
        return element is not null && (TorchTypes.IsModule(element) || TorchTypes.IsOpen(element) || IsPair(element));
    }

    /// <summary>The type of the modules in a list; null where that is not known.</summary>
    public static ITypeSymbol? Element(ITypeSymbol? list)
    {
        var element = list switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { Arity: 1 } named => named.TypeArguments[0],
            _ => null,
        };
        return element is INamedTypeSymbol { IsTupleType: true } ? null : element;
    }

    /// <summary>The variable that holds a list; null for any other expression.</summary>
    public Variable? Variable(ExpressionSyntax value)
    {
        return value is IdentifierNameSyntax name && body.Variables.Find(name.Identifier.ValueText) is { Hold: Hold.List } variable ? variable : null;
    }

    /// <summary>Null for an expression that is no list of modules.</summary>
    /// <param name="value">The expression.</param>
    /// <param name="target">The type of what it is put into, which <c>[…]</c> and <c>new()</c> take; null where there is none.</param>
    public ShapeCode? Read(ExpressionSyntax value, ITypeSymbol? target)
    {
        switch (value)
        {
            case IdentifierNameSyntax when Variable(value) is { } variable:
                return variable.Unknown is { } unknown ? throw unknown.At(value) : variable.Code;
            case ObjectCreationExpressionSyntax created when body.Names.TypeOf(created.Type) is { } type && IsList(type):
                return Created(created, type);
            case ImplicitObjectCreationExpressionSyntax created when target is not null && IsList(target):
                return Created(created, target);
            case CollectionExpressionSyntax list when target is not null && IsList(target):
                return Collection(list, target);
            case ArrayCreationExpressionSyntax array when TypeOf(array) is { } type && IsList(type):
                return Array(array, type);
            case ImplicitArrayCreationExpressionSyntax { Commas.Count: 0 } array
                when array.Initializer.Expressions.FirstOrDefault() is { } first && IsModule(first):
                return Of(array.Initializer.Expressions);
            case InvocationExpressionSyntax call:
                return Called(call);
            default:
                return null;
        }
    }

    /// <summary>The same for what is kept in a variable: a query that is not made an array of makes other modules each time.</summary>
    public ShapeCode Kept(ExpressionSyntax value, ITypeSymbol? target)
    {
        return value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select" } }
            ? throw ValueReader.Unknown(value)
            : Read(value, target) ?? throw ValueReader.Unknown(value);
    }

    /// <summary>Whether it makes a list of modules.</summary>
    public bool IsList(ExpressionSyntax value)
    {
        return value switch
        {
            ObjectCreationExpressionSyntax created => body.Names.TypeOf(created.Type) is { } type && IsList(type),
            ArrayCreationExpressionSyntax array => TypeOf(array) is { } type && IsList(type),
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions.FirstOrDefault() is { } first && IsModule(first),
            InvocationExpressionSyntax call => body.Methods.Find(call) is { } method
                ? method.Hold == Hold.List
                : call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray" or "ToList" or "Select" } && IsRead(call),
            _ => Variable(value) is not null,
        };
    }

    /// <summary>A change of the list: of a list that others may see, it is one of the model.</summary>
    public ShapeCode Change(ExpressionSyntax list, params ShapeCode[] parts)
    {
        return Variable(list) is { IsMadeHere: true } ? Lines.Local(parts) : Lines.Effect(parts);
    }

    /// <summary>The items of an initialiser, one after the other.</summary>
    public ShapeCode Items(IEnumerable<ExpressionSyntax> items, ITypeSymbol? element = null) => Lines.List(items.Select(item => Item(item, element)));

    /// <summary>A module, or a pair of a name and a module.</summary>
    /// <param name="item">The expression.</param>
    /// <param name="element">The type of the modules there, which <c>new()</c> means; null where that is not known.</param>
    public ShapeCode Item(ExpressionSyntax item, ITypeSymbol? element = null)
    {
        var pair = item switch
        {
            TupleExpressionSyntax { Arguments: { Count: 2 } tuple } => (tuple[0].Expression, tuple[1].Expression),
            InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression, Expressions: { Count: 2 } several } =>
                (several[0], several[1]),
            _ => default((ExpressionSyntax Name, ExpressionSyntax Module)?),
        };
        return pair is var (name, module)
            ? ShapeCode.Join("(", body.Values.Read(name).Code, ", ", body.Shapes.Module(module, null), ")")
            : item.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression

                // Several overloads take null.
                ? "(global::LoraGen.ModuleShape)null"
                : body.Shapes.Module(item, element);
    }

    private static bool IsPair(ITypeSymbol element)
    {
        return element is INamedTypeSymbol { IsTupleType: true, TupleElements: { Length: 2 } parts }
            && parts[0].Type.SpecialType == SpecialType.System_String && TorchTypes.IsModule(parts[1].Type);
    }

    private bool IsModule(ExpressionSyntax item)
    {
        return item is TupleExpressionSyntax { Arguments: { Count: 2 } pair } ? body.Shapes.IsShape(pair[1].Expression) : body.Shapes.IsShape(item);
    }

    private bool IsRead(ExpressionSyntax value)
    {
        try
        {
            return Read(value, null) is not null;
        }
        catch (UnknownShapeException)
        {
            return false;
        }
    }

    private ITypeSymbol? TypeOf(ArrayCreationExpressionSyntax array)
    {
        return array.Type.RankSpecifiers.Count == 1 && array.Type.RankSpecifiers[0].Rank == 1 && body.Names.TypeOf(array.Type.ElementType) is { } element
            ? body.Names.Array(element)
            : null;
    }

    private ShapeCode Of(IEnumerable<ExpressionSyntax> items, ITypeSymbol? list = null) => ShapeCode.Join(New, Items(items, Element(list)), ")");

    private ShapeCode Created(BaseObjectCreationExpressionSyntax created, ITypeSymbol type)
    {
        var items = created.Initializer?.Expressions.ToArray() ?? [];
        return created.ArgumentList?.Arguments.Only()?.Expression switch
        {
            null when created.ArgumentList is null or { Arguments.Count: 0 } => Of(items, type),
            { } only when items.Length == 0 && Read(only, null) is { } list => ShapeCode.Join(New, list, ")"),

            // Room for so many.
            { } only when items.Length == 0 && body.Values.Read(only).Type?.SpecialType == SpecialType.System_Int32 => New + ")",
            _ => throw ValueReader.Unknown(created),
        };
    }

    private ShapeCode Collection(CollectionExpressionSyntax list, ITypeSymbol type)
    {
        if (list.Elements.Only() is SpreadElementSyntax { Expression: var spread })
            return ShapeCode.Join(New, Read(spread, null) ?? throw ValueReader.Unknown(spread), ")");
        return Of(list.Elements.Select(element => (element as ExpressionElementSyntax ?? throw ValueReader.Unknown(element)).Expression), type);
    }

    private ShapeCode Array(ArrayCreationExpressionSyntax array, ITypeSymbol type)
    {
        if (array.Initializer is { } items)
            return Of(items.Expressions, type);
        return ShapeCode.Join("global::LoraGen.ShapeList.OfLength(", body.Values.Read(array.Type.RankSpecifiers[0].Sizes[0]).Code, ")");
    }

    private ShapeCode? Called(InvocationExpressionSyntax call)
    {
        if (body.Methods.Find(call) is { } method)
            return method.Hold == Hold.List ? body.Methods.Read(call, method) : null;
        if (call is
            {
                ArgumentList.Arguments.Count: 0,
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray" or "ToList", Expression: var inner },
            })
            return Read(inner, null) is { } copied ? ShapeCode.Join(New, copied, ")") : null;
        return Selected(call);
    }

    // Enumerable.Range(0, n).Select(i => new Block(i))
    private ShapeCode? Selected(InvocationExpressionSyntax call)
    {
        if (call is not
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select", Expression: InvocationExpressionSyntax range },
            }
            || call.ArgumentList.First() is not LambdaExpressionSyntax { ExpressionBody: { } made } lambda
            || !body.Loops.IsRange(range)
            || Parameter(lambda) is not { } index)
        {
            return null;
        }

        var bounds = range.ArgumentList.Arguments.Select(argument => body.Values.Read(argument.Expression).Code).ToArray();
        using var _ = body.Variables.Open();
        body.Variables.Declare(index, Hold.Value, body.Names.Int);
        var module = body.Shapes.Module(made, null);

        // A lambda can't see what is handed over by reference.
        if (body.Fields.AreShared && ReadsField(module))
            throw ValueReader.Unknown(call);
        return ShapeCode.Join("global::LoraGen.Shapes.Range(", bounds[0], ", ", bounds[1], $", {Reads.Identifier(index)} => ", module, ")");
    }

    private static bool ReadsField(ShapeCode code) => code.Kind == ShapeCodeKind.Field || code.Parts.Any(ReadsField);

    private static string? Parameter(LambdaExpressionSyntax lambda)
    {
        return lambda switch
        {
            SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
            ParenthesizedLambdaExpressionSyntax several => several.ParameterList.Parameters.Only()?.Identifier.ValueText,
            _ => null,
        };
    }
}
