using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats an expression that makes a module or a parameter, as one that makes its shape.</summary>
internal sealed class ShapeReader(Names names, Variables variables, ClassFields fields, ValueReader values, ShapeFunctions functions)
{
    private const string Shapes = "global::LoraGen.Shapes";

    private readonly SizeReader _sizes = new(names, variables, values);

    /// <param name="value">The expression.</param>
    /// <param name="target">The type of what it is put into, which <c>new()</c> means; null where there is none.</param>
    public ShapeCode Module(ExpressionSyntax value, ITypeSymbol? target)
    {
        switch (value)
        {
            case ParenthesizedExpressionSyntax inner:
                return ShapeCode.Join("(", Module(inner.Expression, target), ")");
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Module(suppressed.Operand, target);
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression }:
                return "null";
            case CastExpressionSyntax cast when names.TypeOf(cast.Type) is { } type && TorchTypes.IsModule(type):
                return Module(cast.Expression, type);
            case ConditionalExpressionSyntax choice:
                return ShapeCode.Join(
                    values.Read(choice.Condition).Code, " ? ", Module(choice.WhenTrue, target), " : ", Module(choice.WhenFalse, target));
            case ObjectCreationExpressionSyntax { Initializer: null } created:
                return New(names.TypeOf(created.Type), created.ArgumentList, created);
            case ImplicitObjectCreationExpressionSyntax { Initializer: null } created:
                return New(target, created.ArgumentList, created);
            case BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: { } items } created
                    when (created is ObjectCreationExpressionSyntax { Type: var written } ? names.TypeOf(written) : target) is { } type
                        && Container(type) is { } container:
                return ShapeCode.Join(container, "(", Items(items), ")");
            case CollectionExpressionSyntax list when target is not null && TorchTypes.IsModuleList(target):
                return ShapeCode.Join($"{Shapes}.ModuleList(", Items(list.Elements), ")");
            case InvocationExpressionSyntax call:
                return Call(call);
            default:
                return Place(value)?.Code ?? throw ValueReader.Unknown(value);
        }
    }

    /// <summary>An expression that is a <c>Parameter</c>; a buffer, which is none, is null.</summary>
    public ShapeCode Parameter(ExpressionSyntax value)
    {
        switch (value)
        {
            case ParenthesizedExpressionSyntax inner:
                return Parameter(inner.Expression);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Parameter(suppressed.Operand);
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression }:
                return "null";
            case ConditionalExpressionSyntax choice:
                return ShapeCode.Join(values.Read(choice.Condition).Code, " ? ", Parameter(choice.WhenTrue), " : ", Parameter(choice.WhenFalse));
            case ObjectCreationExpressionSyntax created when created.ArgumentList.First() is { } data && names.TypeOf(created.Type) is { Name: "Parameter" }:
                return NewParameter(data);
            case ImplicitObjectCreationExpressionSyntax created when created.ArgumentList.First() is { } data:
                return NewParameter(data);
            case InvocationExpressionSyntax call when call.ArgumentList.First() is { } data && Factory(call, "torch.nn") == "Parameter":
                return NewParameter(data);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "weight" or "bias" } access
                when Place(access.Expression) is var (code, type) && type is not null && TorchTypes.IsBuiltIn(type):
                return ShapeCode.Join(code, access.Name.Identifier.ValueText == "weight" ? ".Weight" : ".Bias");
            case IdentifierNameSyntax or MemberAccessExpressionSyntax when fields.Find(MemberOf(value)) is (var component, Hold.Tensor, _):
                return $"@this.GetParameter({Emitting.Code.Text(component)})";
            default:
                throw ValueReader.Unknown(value);
        }
    }

    /// <summary>Whether it makes a tensor that is no parameter.</summary>
    public bool IsBuffer(ExpressionSyntax value)
    {
        return value is InvocationExpressionSyntax call
            && Factory(call, "torch") is "zeros" or "ones" or "empty" or "rand" or "randn" or "full" or "arange" or "tensor" or "eye" or "linspace";
    }

    /// <summary>A module that has a name: a variable, a field, a field of a field; null for anything else.</summary>
    public (ShapeCode Code, ITypeSymbol? Type)? Place(ExpressionSyntax value)
    {
        switch (value)
        {
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Place(suppressed.Operand);
            case IdentifierNameSyntax name when variables.Find(name.Identifier.ValueText) is { } variable:
                if (variable.Unknown is { } unknown)
                    throw unknown.At(name);
                return variable.Hold == Hold.Module ? (variable.Code, variable.Type) : null;
            case IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }:
                return fields.Find(MemberOf(value)) is (var component, Hold.Module, var held) ? (Slot("@this", component), held) : null;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var inner } access
                    when Place(access.Expression) is (var owner, INamedTypeSymbol type):
                return ComponentOf(type, type.GetMembers(inner).FirstOrDefault()) is var (slot, innerType)
                    ? (ShapeCode.Join(owner, $"[{Emitting.Code.Text(slot)}]"), innerType)
                    : null;
            default:
                return null;
        }
    }

    /// <inheritdoc cref="Names.Factory"/>
    public string? Factory(InvocationExpressionSyntax call, string owner) => names.Factory(call, owner, variables);

    /// <summary>The class's own member that is meant; null for anything else.</summary>
    public ISymbol? MemberOf(ExpressionSyntax value)
    {
        return value switch
        {
            IdentifierNameSyntax name when variables.Find(name.Identifier.ValueText) is null => names.InstanceMember(name.Identifier.ValueText),
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => names.InstanceMember(access.Name.Identifier.ValueText),
            _ => null,
        };
    }

    /// <summary>Throws for an expression that can't be left out.</summary>
    public void EnsureWithoutEffect(ExpressionSyntax value) => Effects.EnsureNone(value, names, variables, fields);

    public static ShapeCode Slot(string owner, string component) => $"{owner}[{Emitting.Code.Text(component)}]";

    private (string Component, ITypeSymbol Type)? ComponentOf(INamedTypeSymbol owner, ISymbol? member)
    {
        if (member is null)
            return null;

        // Whether there is a field behind a property may hang on the bodies of its accessors.
        functions.Files.Add(owner);

        var field = member as IFieldSymbol
            ?? owner.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.AssociatedSymbol, member));
        return field is null || field.IsStatic || !TorchTypes.IsModule(field.Type) ? null : (MemberReader.Component(field), field.Type);
    }

    private ShapeCode New(ITypeSymbol? type, ArgumentListSyntax? arguments, SyntaxNode place)
    {
        if (type is null)
            throw ValueReader.Unknown(place);
        if (Container(type) is { } container)
            return ShapeCode.Join(container, "(", Modules(arguments), ")");
        if (type is not INamedTypeSymbol named || TorchTypes.IsBuiltIn(type) || !TorchTypes.IsModule(type))
            throw ValueReader.Unknown(place);
        return functions.Create(named, arguments, this, values, place);
    }

    private ShapeCode Call(InvocationExpressionSyntax call)
    {
        // What moves a module leaves its sizes.
        if (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "to" or "cuda" or "cpu", Expression: var moved }
            && moved is InvocationExpressionSyntax or ObjectCreationExpressionSyntax)
            return Module(moved, null);

        switch (Factory(call, "torch.nn"))
        {
            case null:
                throw new UnknownShapeException($"what {ValueReader.Text(call)} makes can't be told from the source", call);
            case { } factory and ("ModuleList" or "ModuleDict" or "Sequential"):
                return ShapeCode.Join($"{Shapes}.{factory}(", Modules(call.ArgumentList), ")");
            case { } factory when TorchFactories.IsParameterless(factory):
                return $"{Shapes}.Parameterless()";
            case { } factory when TorchFactories.Sizes(factory) is { } sizes:
                return ShapeCode.Join($"{Shapes}.{factory}(", _sizes.Arguments(call, sizes, layer => Module(layer, null)), ")");
            case { } factory:
                throw new UnknownShapeException($"the parameters of {factory} are not known: {ValueReader.Text(call)}", call);
        }
    }

    private ShapeCode NewParameter(ExpressionSyntax data) => ShapeCode.Join("new global::LoraGen.ParameterShape(", _sizes.Tensor(data), ")");

    private ShapeCode Modules(ArgumentListSyntax? arguments)
    {
        if (arguments is null)
            return string.Empty;
        return arguments.Arguments.Only() is { } only && Several(only.Expression) is { } several
            ? several
            : new ShapeCode(ShapeCodeKind.List, string.Empty, arguments.Arguments.Select(item => Item(item.Expression)).ToEquatableArray());
    }

    private static string? Container(ITypeSymbol type)
    {
        return TorchTypes.IsModuleList(type) ? $"{Shapes}.ModuleList" : TorchTypes.IsModuleDict(type) ? $"{Shapes}.ModuleDict" : null;
    }

    // A module, or one with its name.
    private ShapeCode Item(ExpressionSyntax item)
    {
        return item switch
        {
            TupleExpressionSyntax { Arguments: { Count: 2 } pair } => ShapeCode.Join("(", Named(pair[0].Expression, pair[1].Expression), ")"),
            InitializerExpressionSyntax { Expressions: { Count: 2 } pair } => ShapeCode.Join("(", Named(pair[0], pair[1]), ")"),
            _ => Module(item, null),
        };
    }

    /// <summary>The two arguments by which a module is put somewhere under a name.</summary>
    public ShapeCode Named(ExpressionSyntax name, ExpressionSyntax module) => ShapeCode.Join(values.Read(name).Code, ", ", Module(module, null));

    private ShapeCode Items(InitializerExpressionSyntax items)
    {
        if (!items.IsKind(SyntaxKind.CollectionInitializerExpression))
            throw ValueReader.Unknown(items);
        return new ShapeCode(ShapeCodeKind.List, string.Empty, items.Expressions.Select(Item).ToEquatableArray());
    }

    private ShapeCode Items(SeparatedSyntaxList<CollectionElementSyntax> elements)
    {
        if (elements.Only() is SpreadElementSyntax { Expression: var spread })
            return Several(spread) ?? throw ValueReader.Unknown(spread);
        return new ShapeCode(ShapeCodeKind.List, string.Empty, elements
            .Select(element => Module((element as ExpressionElementSyntax ?? throw ValueReader.Unknown(element)).Expression, null)).ToEquatableArray());
    }

    // Enumerable.Range(0, n).Select(i => new Block(i)), made an array of or not.
    private ShapeCode? Several(ExpressionSyntax value)
    {
        while (value is InvocationExpressionSyntax
            {
                ArgumentList.Arguments.Count: 0,
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray" or "ToList", Expression: var inner },
            })
        {
            value = inner;
        }

        if (value is CollectionExpressionSyntax list)
            return Items(list.Elements);
        if (value is not InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select", Expression: InvocationExpressionSyntax range },
            }
            || ((InvocationExpressionSyntax)value).ArgumentList.First() is not LambdaExpressionSyntax { ExpressionBody: { } made } lambda
            || !IsRange(range)
            || LambdaParameter(lambda) is not { } index)
        {
            return null;
        }

        var bounds = range.ArgumentList.Arguments.Select(argument => values.Read(argument.Expression).Code).ToArray();
        using var _ = variables.Open();
        variables.Declare(index, Hold.Value, names.Int);
        return ShapeCode.Join($"{Shapes}.Range(", bounds[0], ", ", bounds[1], $", {Reads.Identifier(index)} => ", Module(made, null), ")");
    }

    /// <summary>Whether it is <c>Enumerable.Range(start, count)</c>.</summary>
    public bool IsRange(InvocationExpressionSyntax call)
    {
        return call.ArgumentList.Arguments.Count == 2
            && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Range", Expression: var owner }
            && names.TypeNamed(owner) is { Name: "Enumerable", ContainingNamespace.Name: "Linq" };
    }

    private static string? LambdaParameter(LambdaExpressionSyntax lambda)
    {
        return lambda switch
        {
            SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
            ParenthesizedLambdaExpressionSyntax several => several.ParameterList.Parameters.Only()?.Identifier.ValueText,
            _ => null,
        };
    }
}
